import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { openHistory, type History } from '../../src/main/history'
import type { JobSort, ParsedJobFilter } from '../../src/shared/contract'
import { jobSorts } from '../../src/shared/words'
import { ManualClock } from '../support/clock'
import { apart, fillHistory, oldest } from './support/jobs'
import type { BenchRow } from './support/row'
import { stretch, type Stretch } from './support/stretch'

const jobs = 100_000
const runs = 200
const frame = 16

const filters: Record<string, ParsedJobFilter[]> = {
  'state, provider, model, favourite, date': [
    { state: ['completed'] },
    { state: ['failed', 'cancelled'] },
    { state: ['needs_attention'] },
    { provider: ['kling'] },
    { model: ['ray2', 'jimeng-3.0'] },
    { model: ['no-such-model'] },
    { favourite: true },
    { from: oldest + 10_000 * apart, to: oldest + 12_000 * apart },
    { to: oldest + 1_000 * apart },
    { state: ['failed'], model: ['ray2'], favourite: false, from: oldest + 90_000 * apart },
  ],
}

const searches: Record<string, string[]> = {
  'a rare word, a word that occurs nowhere': ['99173', 'take 4242', 'zeppelin', 'xqj', '龙舟', '灯塔火车站'],
  'one or two characters, Chinese and Latin': ['猫', '东京', '龙', '，', 'a', 'zo', '9', 'q', 'ig', 'in'],
  'common words': [
    'take',
    'distance',
    'light',
    'cinematic',
    'ista',
    '镜头',
    '灯塔',
    '缓慢推进',
    'the',
    'ing',
  ],
  'several words': [
    'cinematic light',
    'golden fox rain',
    'take distance',
    'in the distance take light',
    'a golden lighthouse at dawn cinematic',
    '灯塔 猫',
    '金色的 镜头 在 旁',
    'tracking shot zeppelin',
    'zo in a 7 t',
  ],
}

const narrowing: ParsedJobFilter[] = [
  {},
  { state: ['needs_attention'] },
  { state: ['completed'], model: ['wan2.2-ti2v-5b'] },
  { to: oldest + 2_000 * apart },
  { favourite: true },
]

/** Measures the history of 100,000 jobs on a real file: what the gallery asks, in main. */
export async function historyBench(): Promise<BenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dailies-bench-history-'))
  const options = { dataDir, clock: new ManualClock(), log: pino({ level: 'silent' }) }
  try {
    const filling = await openHistory(options)
    fillHistory(filling, jobs)
    filling.close()

    const from = performance.now()
    const history = await openHistory(options)
    const opening = performance.now() - from
    const rows = measure(history)
    history.close()
    return [row('history of 100,000 jobs: open', { p50: opening, p99: opening }, 250), ...rows]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function measure(history: History): BenchRow[] {
  const { lists } = history
  const page = (filter: ParsedJobFilter, sort: JobSort) => lists.page(filter, sort, undefined, 60)
  const rows: BenchRow[] = []
  const first = (name: string, times: Stretch) => rows.push(row(`first page: ${name}`, times, frame))

  for (const sort of jobSorts) {
    const once = stretch(1, () => page({}, sort))
    rows.push(row(`first page: ${sort}, asked for the first time`, once, 50))
    first(
      sort,
      stretch(runs, () => page({}, sort)),
    )
  }
  for (const [name, kinds] of Object.entries(filters)) {
    const every = jobSorts.flatMap((sort) => kinds.map((filter) => ({ filter, sort })))
    first(
      `${name}; every sort`,
      each(every, ({ filter, sort }) => page(filter, sort)),
    )
  }
  for (const [name, words] of Object.entries(searches)) {
    const every = jobSorts.flatMap((sort) =>
      narrowing.flatMap((filter) => words.map((q) => ({ filter: { ...filter, q }, sort }))),
    )
    first(
      `${name}; every sort and filter`,
      each(every, ({ filter, sort }) => page(filter, sort)),
    )
  }

  const { nextCursor } = lists.index({}, 'newest', undefined, 50_000)
  const deep = nextCursor ?? undefined
  rows.push(
    row(
      'page in the middle',
      stretch(runs, () => lists.page({}, 'newest', deep, 60)),
      frame,
    ),
  )
  rows.push(
    row(
      'index slice of 10,000',
      stretch(runs, () => lists.index({}, 'newest', deep, 10_000)),
      frame,
    ),
  )
  rows.push(
    row(
      'counts',
      stretch(runs, () => lists.counts({})),
      frame,
    ),
  )
  const words = Object.values(searches).flat()
  rows.push(
    row(
      'counts of a search',
      each(words, (q) => lists.counts({ q })),
      frame,
    ),
  )
  rows.push(
    row(
      'index slice of 10,000 of a search',
      each(words, (q) => lists.index({ q }, 'newest', undefined, 10_000)),
      frame,
    ),
  )
  return rows
}

/** Takes the cases in turn, until each was run a few times. */
function each<T>(cases: readonly T[], work: (what: T) => void): Stretch {
  return stretch(Math.max(runs, cases.length * 3), (run) => {
    const what = cases[run % cases.length]
    if (what !== undefined) work(what)
  })
}

function row(name: string, { p50, p99 }: Stretch, most: number): BenchRow {
  const measured = p50 === p99 ? `${p99.toFixed(1)} ms` : `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
  return { name, measured, target: `p99 under ${most} ms`, ok: p99 < most }
}
