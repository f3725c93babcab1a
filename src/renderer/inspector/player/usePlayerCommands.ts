import { useTranslation } from 'react-i18next'
import { useCommand } from '../../app/commands'
import type { PlayerControls } from './usePlayer'

/** The keys every editor knows, for as long as a player is on screen: J K L and single frames by comma and stop. */
export function usePlayerCommands(controls: PlayerControls): void {
  const { t } = useTranslation()
  const group = 'video' as const
  useCommand({ id: 'player.toggle', title: t('player.toggle'), group, shortcut: 'K', run: controls.toggle })
  useCommand({
    id: 'player.faster',
    title: t('player.faster'),
    group,
    shortcut: 'L',
    hidden: true,
    run: controls.faster,
  })
  useCommand({
    id: 'player.rewind',
    title: t('player.rewind'),
    group,
    shortcut: 'J',
    hidden: true,
    run: () => controls.skip(-1),
  })
  useCommand({
    id: 'player.back',
    title: t('player.back'),
    group,
    shortcut: ',',
    run: () => controls.step(-1),
  })
  useCommand({
    id: 'player.forward',
    title: t('player.forward'),
    group,
    shortcut: '.',
    run: () => controls.step(1),
  })
}
