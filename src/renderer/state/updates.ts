import type { UpdateState } from '@shared/contract'
import i18next from 'i18next'
import { create } from 'zustand'
import { api, problemOf, subscribe } from '../api'
import { dismissToast, toast } from '../ui'
import { useStudio } from './studio'
import { useView } from './view'

interface UpdatesState {
  /** Null where the program does not know updates: the browser shell, and until the studio has answered. */
  update: UpdateState | null
}

/** Where updating Dailies stands. */
export const useUpdates = create<UpdatesState>(() => ({ update: null }))

type Step = Exclude<keyof typeof api.updates, 'state'>

/** Asks for the next step, and takes its answer. */
export async function stepUpdate(step: Step): Promise<void> {
  try {
    take(await api.updates[step]())
  } catch (error) {
    const { title, hint } = problemOf(error)
    toast({ title, tone: 'error', ...(hint === null ? {} : { body: hint }) })
  }
}

/** Shows where updating stands, and asks for a newer release. */
export function lookForUpdate(): void {
  useView.getState().setView('settings')
  void stepUpdate('check')
}

const told = 'update'

/** Said once, wherever the person is; what it is about, and the ways on, stand in the settings. */
function tell(before: UpdateState | null, after: UpdateState): void {
  const fresh = before?.phase !== after.phase
  const quiet = useView.getState().view === 'settings'
  if ((after.phase === 'found' || after.phase === 'ready') && !after.later) {
    if (!fresh || quiet) return
    const { version } = after.release
    toast({
      id: told,
      title: i18next.t(`updates.${after.phase}.title`, { version }),
      timeout: 0,
      action: {
        label: i18next.t(`updates.${after.phase}.see`),
        run: () => useView.getState().setView('settings'),
      },
    })
  } else if (before?.phase === 'found' || before?.phase === 'ready') dismissToast(told)
}

function take(update: UpdateState): void {
  const before = useUpdates.getState().update
  useUpdates.setState({ update })
  tell(before, update)
}

/** Reads where updating stands; called when the connection opens. */
export async function loadUpdates(): Promise<void> {
  const info = useStudio.getState().info ?? (await api.studio.info())
  if (info.capabilities.updates === true) take(await api.updates.state())
}

subscribe((event) => {
  if (event.type === 'update') take(event.update)
})
