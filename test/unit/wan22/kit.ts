import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import type { JobRecord } from '../../../src/main/history'
import { createNetwork } from '../../../src/main/network'
import type { Call, ConnectionAccess, Provider, ProviderStatus } from '../../../src/main/providers'
import { createWan22, type WanOptions } from '../../../src/main/providers/wan22'
import { systemClock } from '../../../src/main/system'
import { createWire } from '../../../src/main/wire'
import { startWan22, type Wan22Options, type Wan22Simulator } from '../../simulators/wan22'
import { tempFolder } from '../../support/folder'
import { jobRow } from '../../support/jobRow'

/** A second of real H.264. */
export const clip = new Uint8Array(readFileSync(join(import.meta.dirname, '../../fixtures/clip.mp4')))

/** Tries until it holds, on a slow machine too. */
export const patiently = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 10_000, interval: 10 })

export function wanJob(change: Partial<JobRecord> = {}): JobRecord {
  return jobRow({ provider: 'wan22', model: 'wan22-ti2v-5b', params: {}, estimate: null, ...change })
}

export interface Bench {
  simulator: Wan22Simulator
  provider: Provider
  spoolDir: string
  settings: Record<string, unknown>
  access: ConnectionAccess
  call(change?: Partial<JobRecord>, rest?: Partial<Call>): Call
  /** Submits, and answers how the held call ended. */
  made(change?: Partial<JobRecord>): Promise<ProviderStatus>
  /** The same folder under a provider of its own, as after a restart. */
  again(): Provider
}

/** The provider and a deployment at the simulator, over loopback. */
export async function openBench(
  change: Record<string, unknown> = {},
  options: Partial<Wan22Options> = {},
  provided: Partial<Pick<WanOptions, 'asset' | 'clock' | 'free'>> = {},
): Promise<Bench> {
  const simulator = await startWan22({ video: clip, ...options })
  onTestFinished(() => simulator.close())
  const spoolDir = join(tempFolder(), 'held')
  const { clock = systemClock, asset = () => null, ...rest } = provided
  const open = () => {
    const network = createNetwork({
      choice: () => ({ mode: 'none', url: null }),
      systemProxy: () => Promise.resolve(null),
      clock,
    })
    const made = createWan22({ wire: createWire(network), clock, spoolDir, asset, ...rest })
    onTestFinished(async () => {
      await made.close?.()
      network.close()
    })
    return made
  }
  const provider = open()
  const settings: Record<string, unknown> = { address: simulator.address, ...change }
  const access: ConnectionAccess = {
    id: 'one',
    label: 'Mine',
    settings,
    secret: () => Promise.resolve(simulator.key),
  }
  const call: Bench['call'] = (change = {}, rest = {}) => ({
    job: wanJob({ endpoint: provider.endpoint?.(settings) ?? null, ...change }),
    connection: access,
    assets: [],
    address: () => Promise.reject(new Error('Bytes are sent')),
    signal: new AbortController().signal,
    ...rest,
  })
  return {
    simulator,
    provider,
    spoolDir,
    settings,
    access,
    call,
    again: open,
    async made(change = {}) {
      const { job } = call(change)
      const ended = Promise.withResolvers<void>()
      const stop = provider.onChange?.((id) => {
        if (id === job.id) ended.resolve()
      })
      await provider.submit(call(change))
      await ended.promise
      stop?.()
      return provider.poll(call(change))
    },
  }
}
