import { Draft } from '@shared/contract'
import { issue, StudioError } from '@shared/problems'
import type { Implementer } from './implementer'
import type { Services } from './services'

const maxDraftChars = 2_000_000

/** The person's choices, and what stands in the composer. */
export function settingsHandlers(os: Implementer['settings'], { history, events }: Services) {
  return {
    get: os.get.handler(() => history.settings.get()),
    set: os.set.handler(({ input }) => {
      const { proxyMode, proxyUrl } = { ...history.settings.get(), ...input }
      // Without an address a chosen proxy would be passed by in silence.
      if (proxyMode === 'manual' && proxyUrl === '') {
        const issues = [issue(['proxyUrl'], 'proxy.address')]
        throw new StudioError('invalid_request', 'request.invalid', { issues })
      }
      const settings = history.settings.set(input)
      events.publish({ type: 'settings', settings })
      return settings
    }),
    draft: os.draft.handler(() => {
      // A draft is a convenience: one that cannot be read is as good as none.
      const kept = Draft.safeParse(history.settings.read('draft'))
      return kept.success ? kept.data : null
    }),
    saveDraft: os.saveDraft.handler(({ input }) => {
      if (JSON.stringify(input.draft).length > maxDraftChars) {
        throw new StudioError('too_large', 'draft.tooLarge')
      }
      history.settings.write('draft', input.draft)
      return { ok: true } as const
    }),
  }
}
