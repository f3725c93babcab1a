import { join } from 'node:path'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { createEvents } from '../../../src/main/events'
import { openHistory, type JobPatch, type JobRecord } from '../../../src/main/history'
import { createLibrary } from '../../../src/main/library'
import type { StudioEvent } from '../../../src/shared/contract'
import { ManualClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { clip, source, type Manner } from './source'

/** A real library over a real history, in folders of its own. */
export async function house(options: { bin?: (path: string) => Promise<boolean>; folder?: string } = {}) {
  const home = tempFolder()
  const dataDir = join(home, 'data')
  const clock = new ManualClock()
  const random = seededRandom()
  const log = pino({ level: 'silent' })
  const history = await openHistory({ dataDir, clock, log })
  onTestFinished(() => history.close())
  const events = createEvents((error) => {
    throw error
  })
  const heard: StudioEvent[] = []
  events.listen((event) => void heard.push(event))
  const paths = {
    dataDir,
    defaultLibrary: options.folder ?? join(home, 'Videos', 'Dailies'),
    libraryOverride: null as string | null,
    pageDir: join(home, 'page'),
  }
  const desk = { trash: options.bin ?? (async () => false) }
  const make = (libraryOverride: string | null = null) =>
    createLibrary({ history, clock, log, desk, events, paths: { ...paths, libraryOverride } })
  const library = make()

  function job(asked: Partial<Pick<JobRecord, 'prompt' | 'params' | 'model'>> = {}): JobRecord {
    const [made] = history.jobs.insert([
      {
        id: random.id(clock.now()),
        batchId: null,
        retryOf: null,
        prompt: asked.prompt ?? 'A fox runs',
        provider: 'animatic',
        model: asked.model ?? 'animatic',
        connectionId: null,
        endpoint: null,
        params: asked.params ?? { seed: 42, durationMs: 1000 },
        inputs: [],
        request: null,
        idempotencyToken: 'token',
        estimate: { micros: 0, currency: 'USD' },
        priceDate: '2026-11-01',
        price: null,
        place: null,
        ratio: 160 / 96,
        createdAt: clock.now(),
      },
    ])
    if (!made) throw new Error('no job was made')
    return made
  }

  function moved(id: string, to: 'downloading' | 'completed', patch: JobPatch): JobRecord {
    const from = to === 'downloading' ? ['queued' as const] : ['downloading' as const]
    if (!history.jobs.move(id, from, to, clock.now(), { kind: to }, patch)) throw new Error('not moved')
    return current(id)
  }
  function current(id: string): JobRecord {
    const found = history.jobs.get(id)
    if (!found) throw new Error('no such job')
    return found
  }

  /** A job about to be downloaded, its path committed as the job engine does it. */
  function planned(asked?: Parameters<typeof job>[0]): JobRecord & { outputPath: string } {
    const made = job(asked)
    const outputPath = library.plan(made)
    return { ...moved(made.id, 'downloading', { outputPath }), outputPath }
  }

  async function receive(
    of: JobRecord & { outputPath: string },
    body: Uint8Array = clip,
    manner?: (request: number) => Manner,
    through = library,
  ) {
    const { open } = await source(body, manner)
    return through.receive({
      job: of,
      outputPath: of.outputPath,
      open,
      expect: { bytes: null, sha256: null },
      signal: new AbortController().signal,
      progress() {},
    })
  }

  /** A finished job with its video in the library. */
  async function finished(asked?: Parameters<typeof job>[0]): Promise<JobRecord & { outputPath: string }> {
    const of = planned(asked)
    const facts = await receive(of)
    const done = moved(of.id, 'completed', { ...facts, finishedAt: clock.now() })
    return { ...done, outputPath: of.outputPath }
  }

  const fileOf = (outputPath: string) => join(library.folder(), outputPath)
  return {
    home,
    paths,
    log,
    clock,
    history,
    library,
    make,
    events,
    heard,
    job,
    current,
    planned,
    receive,
    finished,
    fileOf,
  }
}
