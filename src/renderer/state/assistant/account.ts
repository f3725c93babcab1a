import type { Connection } from '@shared/contract'
import { useMemo } from 'react'
import { useConnections } from '../connections'
import { useSettings } from '../settings'

/** The provider whose connections the assistant speaks through. */
export const assistantProvider = 'claude'

/** The connections that the assistant may use, the oldest first. */
export function useAccounts(): Connection[] {
  const connections = useConnections((state) => state.connections)
  return useMemo(
    () => connections.filter(({ provider, enabled }) => provider === assistantProvider && enabled),
    [connections],
  )
}

/** The connection that answers: the one that did so last while it is there, else the oldest; null where there is none. */
export function useAccount(): Connection | null {
  const accounts = useAccounts()
  const last = useSettings((state) => state.settings.assistantModel?.connectionId)
  return accounts.find(({ id }) => id === last) ?? accounts[0] ?? null
}
