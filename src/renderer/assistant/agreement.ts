import type { Ask } from '@shared/contract'
import { create } from 'zustand'
import { useSettings } from '../state/settings'

/** What a person wants sent and has not yet agreed to. */
interface Wanting {
  /** The request to be shown; null for a brief, which is shown as it stands. */
  ask: Omit<Ask, 'connectionId' | 'model'> & Partial<Pick<Ask, 'connectionId' | 'model'>>
  run: () => void
}

export const useConsent = create<{ wanting: Wanting | null }>(() => ({ wanting: null }))

/** Runs what sends something, after the person has seen once what is sent and agreed. */
export function withConsent(ask: Wanting['ask'], run: () => void): void {
  if (useSettings.getState().settings.assistantConsent) run()
  else useConsent.setState({ wanting: { ask, run } })
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
