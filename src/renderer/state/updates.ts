import type { UpdateState } from '@shared/contract'
import { create } from 'zustand'
import { api, problemOf, subscribe } from '../api'
import { toast } from '../ui'
import { useStudio } from './studio'
import { useView } from './view'

interface UpdatesState {
  /** Null where the program does not know updates: the browser shell, and until the studio has answered. */
  update: UpdateState | null
  /** The person wants to see where updating stands: the settings bring it into sight. */
  wanted: boolean
}

/** Where updating Dailies stands. */
export const useUpdates = create<UpdatesState>(() => ({ update: null, wanted: false }))

type Step = Exclude<keyof typeof api.updates, 'state'>

/** Asks for the next step, and takes its answer. */
export async function stepUpdate(step: Step): Promise<void> {
  try {
    useUpdates.setState({ update: await api.updates[step]() })
  } catch (error) {
    const { title, hint } = problemOf(error)
    toast({ title, tone: 'error', ...(hint === null ? {} : { body: hint }) })
  }
}

/** Goes to where updates stand in the settings. */
export function showUpdates(): void {
  useUpdates.setState({ wanted: true })
  useView.getState().setView('settings')
}

/** Shows where updating stands, and asks for a newer release. */
export function lookForUpdate(): void {
  showUpdates()
  void stepUpdate('check')
}

/** Reads where updating stands; called when the connection opens and after a `reload`. */
export async function loadUpdates(): Promise<void> {
  const info = useStudio.getState().info ?? (await api.studio.info())
  if (info.capabilities.updates === true) useUpdates.setState({ update: await api.updates.state() })
}

subscribe((event) => {
  if (event.type === 'update') useUpdates.setState({ update: event.update })
})
