import { useTranslation } from 'react-i18next'
import { useCommand } from '../app/commands'
import type { Ensemble } from './ensemble'

interface Acts {
  ensemble: Ensemble
  /** The first of the videos, heard when none is. */
  first: string
  pick: (id: string) => void
  back: () => void
}

/** Whether nothing has the focus that a key belongs to: a button answers to Space, the scrubber to arrows. */
function isFree(): boolean {
  const { activeElement: on, body } = document
  return on === null || on === body || on.id === 'main' || on instanceof HTMLVideoElement
}

function useFreeKey(shortcut: string, run: () => void): void {
  const { t } = useTranslation()
  const id = `compare.${shortcut}`
  useCommand({
    id,
    title: t('compare.transport'),
    group: 'video',
    shortcut,
    hidden: true,
    enabled: isFree,
    run,
  })
}

/** The keys of the inspector's player, meant for all videos at once; and the way back. */
export function useCompareCommands({ ensemble, first, pick, back }: Acts): void {
  const { t } = useTranslation()
  const group = 'video' as const
  const hidden = true
  const toggle = () => ensemble.toggle()
  useCommand({ id: 'player.toggle', title: t('player.toggle'), group, shortcut: 'K', run: toggle })
  useFreeKey('Space', toggle)
  useFreeKey('ArrowLeft', () => ensemble.skip(-1))
  useFreeKey('ArrowRight', () => ensemble.skip(1))
  useFreeKey('Home', () => ensemble.seek(0))
  useFreeKey('End', () => ensemble.seek(ensemble.standing().seconds))
  useCommand({
    id: 'player.back',
    title: t('player.back'),
    group,
    shortcut: ',',
    run: () => ensemble.step(-1),
  })
  useCommand({
    id: 'player.forward',
    title: t('player.forward'),
    group,
    shortcut: '.',
    run: () => ensemble.step(1),
  })
  useCommand({
    id: 'player.rewind',
    title: t('player.rewind'),
    group,
    shortcut: 'J',
    hidden,
    run: () => ensemble.skip(-1),
  })
  useCommand({
    id: 'compare.pick',
    title: t('compare.pickHeard'),
    group,
    shortcut: 'W',
    run: () => pick(ensemble.standing().heard ?? first),
  })
  useCommand({
    id: 'compare.mute',
    title: t('compare.mute'),
    group,
    shortcut: 'M',
    run: () => ensemble.toggleMute(),
  })
  useCommand({ id: 'compare.back', title: t('compare.back'), group: 'go', shortcut: 'Escape', run: back })
}
