import type { Ask } from '@shared/contract'
import { create } from 'zustand'
import { useSettings } from '../state/settings'

/** What a person wants sent and has not yet agreed to. */
interface Wanting {
  /** The request to be shown. */
  ask: Omit<Ask, 'connectionId' | 'model'> & Partial<Pick<Ask, 'connectionId' | 'model'>>
  /** It stands for a list of shots: the brief is as it is sent, what is told around it differs. */
  brief: boolean
  run: () => void
}

export const useConsent = create<{ wanting: Wanting | null }>(() => ({ wanting: null }))

/** Runs what sends something, after the person has seen once what is sent and agreed. */
export function withConsent(ask: Wanting['ask'], run: () => void, brief = false): void {
  if (useSettings.getState().settings.assistantConsent) run()
  else useConsent.setState({ wanting: { ask, run, brief } })
}

/** The person agrees: remembered, then sent. */
export async function agree(): Promise<void> {
  const { wanting } = useConsent.getState()
  if (wanting === null || !(await useSettings.getState().set({ assistantConsent: true }))) return
  useConsent.setState({ wanting: null })
  wanting.run()
}

/** Nothing is sent. */
export function decline(): void {
  useConsent.setState({ wanting: null })
}
