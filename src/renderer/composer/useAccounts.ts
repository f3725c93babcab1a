import { useMemo } from 'react'
import type { Connection } from '@shared/contract'
import { useChosen, useComposer } from '../state/composer'
import { connectionFor, needOf, usable, useConnections, type Need } from '../state/connections'
import { useStudio } from '../state/studio'

/** What chosen models need, with the accounts that serve it and the one in use. */
export interface Account extends Need {
  connections: Connection[]
  /** Null where there is none to use. */
  used: Connection | null
}

/** The accounts that the chosen models go through, one a need, in the order of choosing. */
export function useAccounts(): Account[] {
  const models = useChosen()
  const providers = useStudio((state) => state.providers)
  const connections = useConnections((state) => state.connections)
  const chosen = useComposer((state) => state.connections)
  return useMemo(() => {
    const needs = models.flatMap((model) => needOf(providers, model.id) ?? [])
    const one = new Map(needs.map((need) => [need.key, need]))
    return [...one.values()].map((need) => ({
      ...need,
      connections: usable(connections, need),
      used: connectionFor(connections, need, chosen),
    }))
  }, [models, providers, connections, chosen])
}

/** The first need of a chosen model that no account serves; null where all are served, or nothing is known yet. */
export function useUnconnected(): Need | null {
  const accounts = useAccounts()
  const loaded = useConnections((state) => state.loaded)
  return loaded ? (accounts.find((account) => account.used === null) ?? null) : null
}
