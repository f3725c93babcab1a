import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { JobStore } from '../../../src/main/history'
import { systemClock, systemRandom } from '../../../src/main/system'

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

/** Starts it; answers its address. */
export async function startFarEnd(): Promise<{ url: string; close: () => void }> {
  const server = spawn(process.execPath, ['-e', answerer], { stdio: ['ignore', 'pipe', 'inherit'] })
  return { url: `http://127.0.0.1:${await firstLine(server)}`, close: () => void server.kill() }
}

/** So many jobs that a provider took twenty minutes ago. */
export function fill(store: JobStore, count: number, endpoint: string | null): string[] {
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

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output to read')
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return chunk.toString().trim()
}

export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    systemClock.after(ms, resolve)
  })
}
