import i18next from 'i18next'
import { toast } from '../../ui'
import { withoutStale } from './painted'
import { useComposer } from './store'

const firstOf = ({ inputs }: { inputs: readonly { role: string; asset: { id: string } }[] }) =>
  inputs.find(({ role }) => role === 'first')?.asset.id

/**
 * Takes what was painted on the first frame away together with that frame, and offers both back. What comes with a
 * frame of its own (a job that is used again, an undo) stays. The answer stops it.
 */
export function keepPaintedFitting(): () => void {
  return useComposer.subscribe((now, before) => {
    if (firstOf(now) === firstOf(before)) return
    const params = withoutStale(now.params, before.params)
    if (params === now.params) return
    useComposer.setState({ params })
    toast({
      id: 'painted',
      title: i18next.t('composer.motion.dropped'),
      body: i18next.t('composer.motion.droppedBody'),
      action: {
        label: i18next.t('actions.undo'),
        run: () => {
          // New values, so that they count as coming with their frame.
          const kept = structuredClone(before.params)
          useComposer.setState({ inputs: before.inputs, params: kept, refusal: null, sent: null })
        },
      },
    })
  })
}
