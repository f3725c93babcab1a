import type { Ask, ShotsWish } from '@shared/contract'
import { create } from 'zustand'
import { useSettings } from '../state/settings'

/** What a person wants sent and has not yet agreed to. */
type Wanting = ({ kind: 'ask'; ask: Ask } | { kind: 'shots'; wish: ShotsWish }) & { run: () => void }

export const useConsent = create<{ wanting: Wanting | null }>(() => ({ wanting: null }))

/** Runs what sends something, after the person has seen once what is sent and agreed. */
export function withConsent(wanting: Wanting): void {
  if (useSettings.getState().settings.assistantConsent) wanting.run()
  else useConsent.setState({ wanting })
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
