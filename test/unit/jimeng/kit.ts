import { onTestFinished } from 'vitest'
import type { JobRecord } from '../../../src/main/history'
import { createNetwork } from '../../../src/main/network'
import type { Clock } from '../../../src/main/ports'
import type { Call, ConnectionAccess, Provider } from '../../../src/main/providers'
import { createJimeng } from '../../../src/main/providers/jimeng'
import { systemClock } from '../../../src/main/system'
import { createWire } from '../../../src/main/wire'
import { startJimeng, type JimengOptions, type JimengSimulator } from '../../simulators/jimeng'
import { jobRow } from '../luma-ray2/kit'

export { assetRow, drain, jobRow, refusal } from '../luma-ray2/kit'

/** A job of Jimeng, with what a test says otherwise. */
export const jimengJob = (change: Partial<JobRecord> = {}): JobRecord =>
  jobRow({
    provider: 'jimeng',
    model: 'jimeng-3',
    params: { resolution: '720P' },
    place: { kind: 'official' },
    estimate: null,
    ...change,
  })

export interface Bench {
  sim: JimengSimulator
  provider: Provider
  access: ConnectionAccess
  secrets: Record<string, string>
  call: (change?: Partial<JobRecord>, rest?: Partial<Call>) => Call
  /** A call for the job that a submit has begun. */
  begun: (change?: Partial<JobRecord>) => Promise<Call>
}

/** The provider and its simulator, over loopback. */
export async function openBench(
  kind: 'official' | 'relay' = 'official',
  options: JimengOptions & { clock?: Pick<Clock, 'now'> } = {},
): Promise<Bench> {
  const sim = await startJimeng(options)
  onTestFinished(() => sim.close())
  const network = createNetwork({
    choice: () => ({ mode: 'none', url: null }),
    systemProxy: () => Promise.resolve(null),
    clock: systemClock,
  })
  onTestFinished(() => network.close())
  const wire = createWire(network)
  const provider = createJimeng({ wire, clock: options.clock ?? systemClock, asset: () => null })
  const settings = { kind, endpoint: sim.url, relayUrl: sim.url }
  const secrets: Record<string, string> = { ...sim.account, relayKey: sim.relayKey }
  const access: ConnectionAccess = {
    id: 'one',
    label: 'Studio',
    settings,
    secret: (name) => Promise.resolve(secrets[name] ?? null),
  }
  const relay = kind === 'relay' ? { model: 'jimeng-relay', params: {} } : {}
  const call: Bench['call'] = (change = {}, rest = {}) => ({
    job: jimengJob({
      endpoint: provider.endpoint?.(settings) ?? null,
      place: provider.place?.(settings) ?? null,
      submitAttemptedAt: Date.now(),
      ...relay,
      ...change,
    }),
    connection: access,
    assets: [],
    address: () => Promise.reject(new Error('no hosting')),
    signal: new AbortController().signal,
    ...rest,
  })
  return {
    sim,
    provider,
    access,
    secrets,
    call,
    async begun(change = {}) {
      const { providerJobId } = await provider.submit(call(change))
      return call({ ...change, providerJobId })
    },
  }
}
