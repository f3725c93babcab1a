import type { Connection, ConnectionForm, ModelInfo, ProviderInfo } from '@shared/contract'
import { isServed } from '@shared/served'

/** Providers whose models need an account, with what an account is made of. */
export type AccountProvider = ProviderInfo & { connection: ConnectionForm }

/** What a model's jobs go through: an account at its provider, of a certain kind where not every one has the model. */
export interface Need {
  /** Under which the person's choice among such accounts is kept. */
  key: string
  provider: AccountProvider
  servedBy: ModelInfo['servedBy']
}

/** Whether a provider's models need an account. */
export function needsAccount(provider: ProviderInfo): provider is AccountProvider {
  return provider.connection !== null
}

/** What a model needs; null where it works without an account. */
export function needOf(providers: readonly ProviderInfo[], model: string): Need | null {
  for (const provider of providers) {
    const known = provider.models.find((own) => own.id === model)
    if (!known) continue
    if (!needsAccount(provider)) return null
    const { servedBy } = known
    const kind = servedBy === null ? '' : `:${servedBy.field}=${servedBy.in.join('|')}`
    return { key: `${provider.id}${kind}`, provider, servedBy }
  }
  return null
}

/** The connections that serve a need and that jobs may use, the oldest first. */
export function usable(connections: readonly Connection[], { provider, servedBy }: Need): Connection[] {
  return connections.filter(
    (own) => own.provider === provider.id && own.enabled && isServed(servedBy, own.settings),
  )
}

/**
 * The connection that jobs go through: the chosen one while it is there and switched on, else the oldest that is. Null
 * where there is none.
 */
export function connectionFor(
  connections: readonly Connection[],
  need: Need,
  chosen: Readonly<Record<string, string>>,
): Connection | null {
  const able = usable(connections, need)
  return able.find((own) => own.id === chosen[need.key]) ?? able[0] ?? null
}

/** Under which accounts at image hostings are kept. */
export const hostingProvider = 'image-hosting'

/** The image hostings that jobs may use. */
export function hostingsOf(connections: readonly Connection[]): Connection[] {
  return connections.filter((own) => own.provider === hostingProvider && own.enabled)
}

/** The image hosting that an account's images go to: the one it names, else the only one there is. */
export function hostingFor(
  connections: readonly Connection[],
  { settings }: Pick<Connection, 'settings'>,
): Connection | null {
  const able = hostingsOf(connections)
  const named = settings['hosting']
  if (typeof named === 'string') return able.find((own) => own.id === named) ?? null
  return able.length === 1 ? (able[0] ?? null) : null
}
