import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JobStore } from '../../src/main/history'
import { together } from '../../src/main/jobs/backoff'
import type { Clock } from '../../src/main/ports'
import type { Provider } from '../../src/main/providers'
import { systemClock, systemRandom } from '../../src/main/system'
import { fakeProvider, openEngine } from '../simulators/fake'
import type { BenchRow } from './support/row'

const count = 1_000
const warmRounds = 6
const settleMs = 3_000
/** How far apart the polls of one job are after twenty minutes. */
const spreadMs = 60_000
const gridMs = 1_024
const measuredMs = 12_000
/** Of one core. */
const mostShare = 0.02

/** A provider's end of the wire in a process of its own, so that only our side is measured: every job lives on. */
const answerer = `
  const { createServer } = require('node:http')
  const body = JSON.stringify({ state: 'running', progress: 0.5, outputs: [] })
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(body)
  })
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
`

/** What a thousand jobs cost while a provider works on them: real database, a third of an hour into their lives. */
export async function jobsBench(): Promise<BenchRow[]> {
  const server = spawn(process.execPath, ['-e', answerer], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const wire = fakeProvider({
      url: `http://127.0.0.1:${await firstLine(server)}`,
      pollFloorMs: 5_000,
      model: { concurrency: count },
    })
    const here: Provider = { ...wire, poll: () => Promise.resolve({ kind: 'processing', progress: 0.5 }) }
    const [overHttp, alone] = [await measure(wire), await measure(here)]
    return [
      shareRow(`${count} jobs being polled over HTTP`, overHttp),
      shareRow(`the same without HTTP`, alone),
      {
        name: `timers of ${count} jobs being polled`,
        measured: `${overHttp.timers}`,
        target: '1',
        ok: overHttp.timers === 1,
      },
    ]
  } finally {
    server.kill()
  }
}

interface Measured {
  /** Of one core. */
  share: number
  pollsPerSecond: number
  /** The most that stood at once. */
  timers: number
}

function shareRow(name: string, { share, pollsPerSecond }: Measured): BenchRow {
  return {
    name: `${name}, ${pollsPerSecond.toFixed(0)} times a second`,
    measured: `${(share * 100).toFixed(2)} % of one core`,
    target: `under ${mostShare * 100} % of one core`,
    ok: share < mostShare && pollsPerSecond > 0,
  }
}

async function measure(provider: Provider): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-jobs-'))
  try {
    let polls = 0
    let changed: (jobId: string) => void = () => undefined
    const counting: Provider = {
      ...provider,
      onChange(listener) {
        changed = listener
        return () => undefined
      },
      poll(call) {
        polls += 1
        return provider.poll(call)
      },
    }
    const { clock, most } = countingClock()
    const folders = { dataDir: join(folder, 'data'), library: join(folder, 'library') }
    const engine = await openEngine({ ...folders, clock, provider: counting })
    const ids = fill(engine.history.jobs, provider.endpoint?.(null) ?? null)
    await engine.jobs.start()
    // A studio in which a thousand jobs wait has been polling for long: its code is warm.
    for (let warm = 0; warm < warmRounds; warm += 1) {
      for (const id of ids) changed(id)
      for (let before = -1; before !== polls; await rest(500)) before = polls
    }
    // That has polled them all just now; from here on they come as they do after a while, a few together.
    const latest = together(clock.now(), spreadMs)
    for (const id of ids) {
      const nextAt = latest - gridMs * Math.floor((systemRandom.fraction() * spreadMs) / gridMs)
      engine.history.jobs.patch(id, ['processing'], clock.now(), { nextAt })
    }
    changed(ids[0] ?? '')
    await rest(settleMs)
    polls = 0
    const before = process.cpuUsage()
    await rest(measuredMs)
    const used = process.cpuUsage(before)
    const measured = {
      share: (used.user + used.system) / 1000 / measuredMs,
      pollsPerSecond: (polls / measuredMs) * 1000,
      timers: most(),
    }
    await engine.close()
    return measured
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A thousand jobs that a provider took twenty minutes ago. */
function fill(store: JobStore, endpoint: string | null): string[] {
  const now = systemClock.now()
  const startedAt = now - 1_200_000
  const jobs = Array.from({ length: count }, (_, index) => ({
    id: systemRandom.id(startedAt),
    batchId: null,
    retryOf: null,
    prompt: `A lighthouse at dusk, the ${index}th of many, waves rolling in, slow push towards the lamp`,
    provider: 'fake',
    model: 'fake-1',
    connectionId: null,
    endpoint,
    params: { duration: 5, seed: 1 },
    inputs: [],
    request: null,
    idempotencyToken: systemRandom.id(startedAt),
    estimate: { micros: 250_000, currency: 'USD' },
    priceDate: '2026-11-01',
    price: null,
    place: null,
    ratio: 16 / 9,
    createdAt: startedAt,
  }))
  for (const { id } of store.insert(jobs)) {
    store.move(
      id,
      ['queued'],
      'submitting',
      startedAt,
      { kind: 'submitting' },
      { submitAttemptedAt: startedAt },
    )
    store.move(
      id,
      ['submitting'],
      'processing',
      startedAt,
      { kind: 'accepted' },
      { providerJobId: id, startedAt, delayed: true },
    )
  }
  return jobs.map(({ id }) => id)
}

/** The system's clock, and the most timers that stood at once. */
function countingClock(): { clock: Clock; most: () => number } {
  let standing = 0
  let most = 0
  const clock: Clock = {
    now: () => systemClock.now(),
    after(ms, run) {
      standing += 1
      most = Math.max(most, standing)
      let over = false
      const end = () => {
        if (!over) standing -= 1
        over = true
      }
      const cancel = systemClock.after(ms, () => {
        end()
        run()
      })
      return () => {
        end()
        cancel()
      }
    },
  }
  return { clock, most: () => most }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output to read')
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return chunk.toString().trim()
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    systemClock.after(ms, resolve)
  })
}
