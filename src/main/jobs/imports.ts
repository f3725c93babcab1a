import type { Stray } from '@shared/contract'
import { StudioError } from '@shared/problems'
import type { JobRecord } from '../history'
import { ProviderError, type ConnectionAccess, type Provider, type ProviderStray } from '../providers'
import type { Engine } from './engine'

const dayMs = 86_400_000
/** As far back as {@link adopt} looks for what {@link strays} showed. */
const longestDays = 31

/** Jobs that the provider lists for a connection and that the history does not know, newest first. */
export async function strays(engine: Engine, connectionId: string, days: number): Promise<Stray[]> {
  const { provider, access } = accountOf(engine, connectionId)
  const found = await listed(engine, provider, access, days)
  return found.map(({ params: _params, token: _token, ...stray }) => stray)
}

/** Takes such jobs into the history; they are watched, and their videos downloaded, like any other. */
export async function adopt(
  engine: Engine,
  connectionId: string,
  providerJobIds: readonly string[],
): Promise<JobRecord[]> {
  const { provider, access } = accountOf(engine, connectionId)
  const wanted = (await listed(engine, provider, access, longestDays)).filter((stray) =>
    providerJobIds.includes(stray.providerJobId),
  )
  if (wanted.length === 0) throw new StudioError('not_found', 'import.none')
  const { settings } = access
  const now = engine.clock.now()
  const taken = engine.store.insertBegun(
    wanted.map((stray) => {
      const model = engine.providers.model(stray.model)?.model
      const price = model?.info.price ?? null
      return {
        id: engine.random.id(now),
        batchId: null,
        retryOf: null,
        prompt: '',
        provider: provider.id,
        model: stray.model,
        connectionId,
        endpoint: provider.endpoint?.(settings) ?? null,
        place: provider.place?.(settings) ?? null,
        params: stray.params,
        inputs: [],
        request: null,
        idempotencyToken: engine.random.id(now),
        estimate: null,
        priceDate: price?.date ?? null,
        price,
        ratio: null,
        createdAt: stray.submittedAt,
        providerJobId: stray.providerJobId,
        startedAt: null,
        charged: 'unknown',
        nextAt: now,
      }
    }),
  )
  // Somebody else took them in meanwhile.
  if (taken.length === 0) throw new StudioError('not_found', 'import.none')
  return taken
}

function accountOf(engine: Engine, id: string): { provider: Provider; access: ConnectionAccess } {
  const record = engine.connections.record(id)
  const access = engine.connections.access(id)
  const provider = record && engine.providers.provider(record.provider)
  if (!access || !provider) throw new StudioError('not_found', 'connection.notFound')
  return { provider, access }
}

async function listed(
  engine: Engine,
  provider: Provider,
  access: ConnectionAccess,
  days: number,
): Promise<ProviderStray[]> {
  const since = engine.clock.now() - days * dayMs
  let all: ProviderStray[]
  try {
    all = (await provider.connection?.list?.(access, since, engine.closing)) ?? []
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    // The provider's own sentence says what to do about it.
    throw new StudioError('unavailable', 'import.failed', {
      values: { reason: error.detail.message, remedy: error.detail.hint ?? '' },
      cause: error,
    })
  }
  const names = all.flatMap(({ providerJobId, token }) => [providerJobId, ...(token ? [token] : [])])
  const known = engine.store.known(provider.id, names)
  return all
    .filter(({ providerJobId, token }) => !known.has(providerJobId) && !(token && known.has(token)))
    .filter(({ model }) => engine.providers.model(model) !== null)
    .sort((a, b) => b.submittedAt - a.submittedAt)
}
