import { onTestFinished } from 'vitest'
import type { AssetRecord, JobRecord } from '../../../src/main/history'
import { createNetwork } from '../../../src/main/network'
import { ProviderError, type Call, type Provider } from '../../../src/main/providers'
import { createKling } from '../../../src/main/providers/kling'
import type { ConnectionAccess } from '../../../src/main/providers/types'
import type { Clock } from '../../../src/main/ports'
import { systemClock } from '../../../src/main/system'
import { createWire } from '../../../src/main/wire'
import { startKling, type KlingSimulator, type KlingSimulatorOptions } from '../../simulators/kling'

export const token = '01930000-0000-7000-8000-0000000000ee'
export const firstId = '01930000-0000-7000-8000-0000000000f1'
export const lastId = '01930000-0000-7000-8000-0000000000f2'
export const maskIds = [1, 2, 3].map((n) => `01930000-0000-7000-8000-0000000000a${n}`)

/** A row of the history as the engine hands it to a provider. */
export function jobRow(change: Partial<JobRecord> = {}): JobRecord {
  return {
    seq: 1,
    id: '01930000-0000-7000-8000-00000000000a',
    batchId: null,
    retryOf: null,
    turn: null,
    paused: false,
    state: 'submitting',
    prompt: 'A lighthouse in a storm',
    provider: 'kling',
    model: 'kling-v1',
    connectionId: '01930000-0000-7000-8000-0000000000c1',
    endpoint: null,
    place: null,
    params: { mode: 'std', duration: 5 },
    inputs: [],
    request: null,
    providerJobId: null,
    idempotencyToken: token,
    submitAttemptedAt: null,
    attempts: 1,
    nextAt: null,
    retryAfter: null,
    startedAt: null,
    usualMs: null,
    waiting: null,
    delayed: false,
    progress: null,
    estimate: null,
    priceDate: null,
    price: null,
    cost: null,
    costKind: null,
    charged: 'unknown',
    error: null,
    errorRaw: null,
    outputs: null,
    cancelRequested: false,
    outputPath: null,
    sha256: null,
    bytes: null,
    width: null,
    height: null,
    fps: null,
    durationMs: null,
    fileMissing: false,
    ratio: null,
    favourite: false,
    createdAt: 0,
    updatedAt: 0,
    finishedAt: null,
    removedAt: null,
    removedFile: null,
    ...change,
  }
}

export function assetRow(change: Partial<AssetRecord> = {}): AssetRecord {
  return {
    id: firstId,
    name: 'photo.png',
    width: 400,
    height: 300,
    mime: 'image/png',
    bytes: 1_234_567,
    alpha: false,
    createdAt: 0,
    notes: [],
    hash: '00',
    path: 'photo.png',
    ...change,
  }
}

export interface Bench {
  kling: KlingSimulator
  provider: Provider
  /** The account as it is now; secrets can be changed in place. */
  access: ConnectionAccess
  secrets: Record<string, string>
  call: (change?: Partial<JobRecord>, rest?: Partial<Call>) => Call
}

/** The provider and the simulator, over loopback. */
export async function openBench(
  options: KlingSimulatorOptions & { signIn?: 'key' | 'pair'; clock?: Clock; asset?: AssetRecord } = {},
): Promise<Bench> {
  const { signIn = 'key', clock = systemClock, asset, ...rest } = options
  const kling = await startKling(rest)
  onTestFinished(() => kling.close())
  const network = createNetwork({
    choice: () => ({ mode: 'none', url: null }),
    systemProxy: () => Promise.resolve(null),
    clock: systemClock,
  })
  onTestFinished(() => network.close())
  const provider = createKling({ wire: createWire(network), clock, asset: () => asset ?? null })
  const relay = rest.kind === 'relay'
  const settings = relay ? { kind: 'relay', relayUrl: `${kling.url}/` } : { signIn, baseUrl: kling.url }
  const { apiKey, accessKey, secretKey } = kling
  const secrets: Record<string, string> = { apiKey, accessKey, secretKey }
  const access: ConnectionAccess = {
    id: 'one',
    label: 'Studio',
    settings: provider.connection?.settings.parse(settings) ?? {},
    secret: (name) => Promise.resolve(secrets[name] ?? null),
  }
  return {
    kling,
    provider,
    access,
    secrets,
    call: (change = {}, more = {}) => ({
      job: jobRow({
        endpoint: provider.endpoint?.(access.settings) ?? null,
        place: provider.place?.(access.settings) ?? null,
        price:
          provider.models.find(({ info }) => info.id === (change.model ?? 'kling-v1'))?.info.price ?? null,
        submitAttemptedAt: clock.now(),
        ...change,
      }),
      connection: access,
      assets: [],
      address: () => Promise.reject(new Error('Kling takes bytes')),
      signal: new AbortController().signal,
      ...more,
    }),
  }
}

/** What a call was refused with. */
export async function refusal(work: Promise<unknown>): Promise<ProviderError['detail']> {
  try {
    await work
  } catch (error) {
    if (error instanceof ProviderError) return error.detail
    throw error
  }
  throw new Error('nothing was thrown')
}
