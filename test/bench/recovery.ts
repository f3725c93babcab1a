import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Provider } from '../../src/main/providers'
import { fakeProvider, openEngine } from '../simulators/fake'
import { fill, rest, startFarEnd } from './support/inFlight'
import type { BenchRow } from './support/row'

const many = 1_000
const few = 10
/** What a person would not notice at the start of a program, in milliseconds. */
const mostMs = 500
/** Jobs of that age are polled once a minute; after a restart none waits longer than it would have anyway. */
const mostAskedMs = 75_000

/** How long a studio takes to find its way back into a thousand jobs that a provider is working on. */
export async function recoveryBench(): Promise<BenchRow[]> {
  const far = await startFarEnd()
  try {
    const wire = fakeProvider({ url: far.url, pollFloorMs: 5_000, model: { concurrency: many } })
    const small = await measure(wire, few)
    const large = await measure(wire, many)
    const ratio = (large.readyMs / small.readyMs).toFixed(1)
    return [
      {
        name: `recovery with ${many} jobs in flight, from closed files until work goes on`,
        measured: `${large.readyMs.toFixed(0)} ms, ${ratio} times that with ${few} jobs`,
        target: `under ${mostMs} ms`,
        ok: large.readyMs < mostMs,
      },
      {
        name: `the same until the provider was asked about each of the ${many}`,
        measured: `${(large.askedMs / 1000).toFixed(1)} s`,
        target: `under ${mostAskedMs / 1000} s`,
        ok: large.askedMs < mostAskedMs,
      },
    ]
  } finally {
    far.close()
  }
}

async function measure(wire: Provider, count: number): Promise<{ readyMs: number; askedMs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-recovery-'))
  try {
    const asked = new Set<string>()
    const provider: Provider = {
      ...wire,
      poll(call) {
        asked.add(call.job.id)
        return wire.poll(call)
      },
    }
    const folders = { dataDir: join(folder, 'data'), library: join(folder, 'library') }
    const before = await openEngine({ ...folders, provider })
    fill(before.history.jobs, count, wire.endpoint?.(null) ?? null)
    await before.close()
    const from = performance.now()
    const engine = await openEngine({ ...folders, provider })
    await engine.jobs.start()
    const readyMs = performance.now() - from
    while (asked.size < count && performance.now() - from < 2 * mostAskedMs) await rest(50)
    const askedMs = asked.size < count ? Number.POSITIVE_INFINITY : performance.now() - from
    await engine.close()
    return { readyMs, askedMs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
