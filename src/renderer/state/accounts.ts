import type { Connection, ConnectionForm, ProviderInfo } from '@shared/contract'

/** Providers whose models need an account, with what an account is made of. */
export type AccountProvider = ProviderInfo & { connection: ConnectionForm }

/** Whether a provider's models need an account. */
export function needsAccount(provider: ProviderInfo): provider is AccountProvider {
  return provider.connection !== null
}

/** The connections of a provider that jobs may use, the oldest first. */
export function usable(connections: readonly Connection[], provider: string): Connection[] {
  return connections.filter((own) => own.provider === provider && own.enabled)
}

/**
 * The connection that a provider's jobs go through: the chosen one while it is there and switched on, else the oldest
 * that is. Null where there is none.
 */
export function connectionFor(
  connections: readonly Connection[],
  provider: string,
  chosen: string | undefined,
): Connection | null {
  const able = usable(connections, provider)
  return able.find((own) => own.id === chosen) ?? able[0] ?? null
}

/** The provider of a model where it needs an account, else null. */
export function accountOf(providers: readonly ProviderInfo[], model: string): AccountProvider | null {
  const provider = providers.find((own) => own.models.some((known) => known.id === model))
  return provider && needsAccount(provider) ? provider : null
}
