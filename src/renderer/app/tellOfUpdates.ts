import type { UpdateState } from '@shared/contract'
import i18next from 'i18next'
import { showUpdates, useUpdates } from '../state/updates'
import { useView } from '../state/view'
import { dismissToast, toast } from '../ui'

const id = 'update'

/** A release the person has not put off yet, and how far it is. */
function newsOf(state: UpdateState | null): { phase: 'found' | 'ready'; version: string } | null {
  if (state === null || (state.phase !== 'found' && state.phase !== 'ready') || state.later) return null
  return { phase: state.phase, version: state.release.version }
}

function tell(before: UpdateState | null, after: UpdateState | null): void {
  const news = newsOf(after)
  const old = newsOf(before)
  if (news === null) {
    if (old !== null) dismissToast(id)
    return
  }
  // Who looks at the settings sees it there.
  if (news.phase === old?.phase || useView.getState().view === 'settings') return
  toast({
    id,
    title: i18next.t(`updates.${news.phase}.title`, { version: news.version }),
    timeout: 0,
    action: { label: i18next.t(`updates.${news.phase}.see`), run: showUpdates },
  })
}

/** Says once that a newer Dailies is there, or lies ready, wherever the person is. Begins when the page can speak. */
export function tellOfUpdates(): void {
  tell(null, useUpdates.getState().update)
  useUpdates.subscribe((after, before) => {
    if (after.update !== before.update) tell(before.update, after.update)
  })
}
