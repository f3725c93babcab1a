import { onTestFinished } from 'vitest'
import type { AssetRecord, JobRecord } from '../../../src/main/history'
import { createNetwork } from '../../../src/main/network'
import type { Call, ConnectionAccess, Provider } from '../../../src/main/providers'
import { createRunway } from '../../../src/main/providers/runway'
import { systemClock } from '../../../src/main/system'
import { createWire } from '../../../src/main/wire'
import { startRunway, type RunwayOptions, type RunwaySimulator } from '../../simulators/runway'
import { seededRandom } from '../../support/clock'
import { assetRow, firstId, jobRow, lastId } from '../luma-ray2/kit'

export { assetRow, firstId, lastId }
export { drain, refusal } from '../luma-ray2/kit'

/** Every model in the least that it needs. */
export const least: Record<string, Partial<JobRecord>> = {
  'runway-gen4-turbo': {
    prompt: '',
    params: { ratio: '1280:720', duration: 5 },
    inputs: [{ role: 'first', assetId: firstId }],
  },
  'runway-gen4-5': { params: { ratio: '1280:720', duration: 5 } },
  'runway-veo3-1': { params: { ratio: '1280:720', duration: 4 } },
  'runway-veo3-1-fast': { params: { ratio: '1280:720', duration: 4 } },
  'runway-relay-gen4-turbo': {
    prompt: '',
    params: { ratio: '1280:720', duration: 5 },
    inputs: [{ role: 'first', assetId: firstId }],
  },
}

/** A row of the history as the engine hands it to this provider. */
export function row(model: string, change: Partial<JobRecord> = {}): JobRecord {
  return jobRow({ provider: 'runway', model, ...least[model], ...change })
}

/** An input image as the engine hands it over; its file holds `bytes`. */
export function input(role: 'first' | 'last', path: string, change: Partial<AssetRecord> = {}) {
  const assetId = role === 'first' ? firstId : lastId
  return { input: { role, assetId }, asset: assetRow({ id: assetId, ...change }), path }
}

export interface Bench {
  runway: RunwaySimulator
  provider: Provider
  access: (kind?: 'official' | 'relay') => ConnectionAccess
  secrets: Record<string, string>
  call: (model: string, change?: Partial<JobRecord>, rest?: Partial<Call>) => Call
  /** A call for the task that a create has begun. */
  begun: (model: string, rest?: Partial<Call>) => Promise<Call>
}

/** A wire to nowhere but loopback. */
export function openWire() {
  const network = createNetwork({
    choice: () => ({ mode: 'none', url: null }),
    systemProxy: () => Promise.resolve(null),
    clock: systemClock,
  })
  onTestFinished(() => network.close())
  return createWire(network)
}

/** The provider and its simulator, over loopback. */
export async function openBench(options: RunwayOptions = {}): Promise<Bench> {
  const runway = await startRunway(options)
  onTestFinished(() => runway.close())
  const provider = createRunway({
    wire: openWire(),
    clock: systemClock,
    random: seededRandom(),
    asset: () => null,
  })
  const secrets: Record<string, string> = { apiKey: runway.apiKey, relayKey: runway.relayKey }
  const access: Bench['access'] = (kind = 'official') => ({
    id: kind,
    label: kind,
    settings: kind === 'relay' ? { kind, relayUrl: runway.url } : { kind, baseUrl: runway.url },
    secret: (name) => Promise.resolve(secrets[name] ?? null),
  })
  const call: Bench['call'] = (model, change = {}, rest = {}) => {
    const connection = access(model.includes('relay') ? 'relay' : 'official')
    return {
      job: row(model, {
        endpoint: provider.endpoint?.(connection.settings) ?? null,
        place: provider.place?.(connection.settings) ?? null,
        submitAttemptedAt: Date.now(),
        ...change,
      }),
      connection,
      assets: [],
      address: (assetId) => Promise.resolve(`https://images.example.com/${assetId}.jpg`),
      signal: new AbortController().signal,
      ...rest,
    }
  }
  return {
    runway,
    provider,
    access,
    secrets,
    call,
    async begun(model, rest = {}) {
      const { providerJobId } = await provider.submit(call(model, {}, rest))
      return call(model, { providerJobId }, rest)
    },
  }
}
