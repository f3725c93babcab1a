import { useMemo } from 'react'
import type { Connection } from '@shared/contract'
import { useChosen, useComposer } from '../state/composer'
import { accountOf, connectionFor, usable, useConnections, type AccountProvider } from '../state/connections'
import { useStudio } from '../state/studio'

/** A provider that chosen models need an account at, with those there are and the one in use. */
export interface Account {
  provider: AccountProvider
  connections: Connection[]
  /** Null where there is none to use. */
  used: Connection | null
}

/** The accounts that the chosen models go through, one a provider, in the order of choosing. */
export function useAccounts(): Account[] {
  const models = useChosen()
  const providers = useStudio((state) => state.providers)
  const connections = useConnections((state) => state.connections)
  const chosen = useComposer((state) => state.connections)
  return useMemo(() => {
    const needed = new Set(models.flatMap((model) => accountOf(providers, model.id) ?? []))
    return [...needed].map((provider) => ({
      provider,
      connections: usable(connections, provider.id),
      used: connectionFor(connections, provider.id, chosen[provider.id]),
    }))
  }, [models, providers, connections, chosen])
}

/** The first provider that a chosen model needs and that is not connected; null where all are, or nothing is known yet. */
export function useUnconnected(): AccountProvider | null {
  const accounts = useAccounts()
  const loaded = useConnections((state) => state.loaded)
  return loaded ? (accounts.find((account) => account.used === null)?.provider ?? null) : null
}
