import { expect, it } from 'vitest'
import type { History } from '../../../src/main/history'
import type { JobSort, ParsedJobFilter } from '../../../src/shared/contract'
import { StudioError } from '../../../src/shared/problems'
import { jobSorts, jobStates } from '../../../src/shared/words'
import { seededRandom } from '../../support/clock'
import { finished, inserted, jobMaker, openTestHistory } from './support'

const batchId = '01930000-0000-7000-8000-00000000000b'
const words = ['fox', 'Lighthouse', '东京', '猫', 'rain', 'A slow push-in']

/** Jobs with many equal values, gaps and times out of order: what paging goes wrong on. */
function fillAtRandom(history: History, count: number, seed: number) {
  const random = seededRandom(seed)
  const below = (most: number) => Math.floor(random.fraction() * most)
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T
  const make = jobMaker(seed)
  for (let number = 0; number < count; number += 1) {
    const job = make({
      prompt: `${pick(words)} ${pick(words)}`,
      provider: pick(['animatic', 'kling']),
      model: pick(['a', 'b', 'c']),
      batchId: below(5) === 0 ? batchId : null,
      createdAt: 1_000 + below(40),
    })
    const state = pick(jobStates)
    if (state === 'completed') {
      const cost = below(3) === 0 ? null : { micros: below(4), currency: 'USD' }
      history.jobs.adopt(finished(job, { durationMs: below(5) * 1000, bytes: below(6), cost }))
    } else {
      history.jobs.insert([job])
      if (state !== 'queued') history.jobs.move(job.id, ['queued'], state, 2_000, { kind: state })
    }
    if (below(6) === 0) history.jobs.favourite([job.id], true, 2_000)
    if (below(10) === 0) history.jobs.remove([job.id], 2_000, 'keep')
  }
}

/** The same list, the slow and obvious way. */
function expected(history: History, filter: ParsedJobFilter, sort: JobSort): number[] {
  const value = {
    newest: (job: Job) => job.createdAt,
    oldest: (job: Job) => -job.createdAt,
    longest: (job: Job) => job.durationMs ?? -1,
    shortest: (job: Job) => (job.durationMs === null ? -Infinity : -job.durationMs),
    largest: (job: Job) => job.bytes ?? -1,
    costliest: (job: Job) => job.cost?.micros ?? -1,
  }[sort]
  type Job = ReturnType<History['jobs']['inStates']>[number]
  return history.jobs
    .inStates(jobStates)
    .filter(
      (job) =>
        job.removedAt === null &&
        (!filter.state || filter.state.includes(job.state)) &&
        (!filter.provider || filter.provider.includes(job.provider)) &&
        (!filter.model || filter.model.includes(job.model)) &&
        (filter.from === undefined || job.createdAt >= filter.from) &&
        (filter.to === undefined || job.createdAt <= filter.to) &&
        (filter.favourite === undefined || job.favourite === filter.favourite) &&
        (filter.batchId === undefined || job.batchId === filter.batchId) &&
        (filter.q ?? '').split(' ').every((word) => job.prompt.toLowerCase().includes(word)),
    )
    .sort((a, b) => value(b) - value(a) || (sort === 'oldest' ? a.seq - b.seq : b.seq - a.seq))
    .map((job) => job.seq)
}

function everyPage(history: History, filter: ParsedJobFilter, sort: JobSort, limit: number): number[] {
  const seqs: number[] = []
  let cursor: string | undefined
  do {
    const slice = history.lists.index(filter, sort, cursor, limit)
    expect(slice.seqs.length).toBeLessThanOrEqual(limit)
    seqs.push(...slice.seqs)
    cursor = slice.nextCursor ?? undefined
  } while (cursor !== undefined)
  return seqs
}

const filters: ParsedJobFilter[] = [
  {},
  { state: ['completed'] },
  { state: ['queued', 'failed'], model: ['a', 'c'] },
  { provider: ['kling'], favourite: false },
  { model: ['nowhere'] },
  { from: 1_010, to: 1_020 },
  { favourite: true },
  { batchId },
  { batchId, q: 'fox' },
  { q: 'fox rain' },
  { q: '猫', state: ['completed'], from: 1_005 },
]

it.each(jobSorts)(
  'gives each job once and in order, page by page, by %s under every filter',
  async (sort) => {
    const { history } = await openTestHistory()
    fillAtRandom(history, 300, 7)
    for (const filter of filters) {
      const whole = expected(history, filter, sort)
      for (const limit of [1, 7, 1_000]) expect(everyPage(history, filter, sort, limit)).toEqual(whole)
      expect(history.lists.counts(filter).all).toBe(whole.length)
    }
  },
)

it.each(jobSorts)(
  'keeps the order by %s while jobs change, come and go after the list was first read',
  async (sort) => {
    const { history, dataDir } = await openTestHistory()
    fillAtRandom(history, 60, 3)
    everyPage(history, {}, sort, 10)
    fillAtRandom(history, 60, 4)
    const random = seededRandom(5)
    for (const job of history.jobs.inStates(jobStates)) {
      if (random.fraction() < 0.3)
        history.jobs.patch(job.id, jobStates, 3_000, {
          durationMs: random.fraction() < 0.2 ? null : Math.floor(random.fraction() * 9_000),
          bytes: Math.floor(random.fraction() * 9),
          cost: { micros: Math.floor(random.fraction() * 9), currency: 'USD' },
        })
      if (random.fraction() < 0.1) history.jobs.purge([job.id])
    }
    const now = everyPage(history, {}, sort, 9)
    expect(now).toEqual(expected(history, {}, sort))
    // What memory holds must be what a fresh start would read.
    history.close()
    const again = await openTestHistory(dataDir)
    expect(everyPage(again.history, {}, sort, 9)).toEqual(now)
  },
)

it.each(jobSorts)(
  'shows no job twice and leaves none out when others are inserted between pages of %s',
  async (sort) => {
    const { history } = await openTestHistory()
    fillAtRandom(history, 100, 9)
    const before = expected(history, {}, sort)
    const seen: number[] = []
    let cursor: string | undefined
    let round = 20
    do {
      const slice = history.lists.index({}, sort, cursor, 10)
      seen.push(...slice.seqs)
      cursor = slice.nextCursor ?? undefined
      fillAtRandom(history, 5, (round += 1))
    } while (cursor !== undefined && round < 200)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.filter((seq) => before.includes(seq))).toEqual(before)
  },
)

it('goes on from a cursor whose job was purged meanwhile', async () => {
  const { history, dataDir } = await openTestHistory()
  const make = jobMaker()
  const jobs = inserted(history, make(), make(), make(), make())
  const { nextCursor } = history.lists.index({}, 'newest', undefined, 2)
  history.jobs.purge([jobs[2]?.id ?? ''])
  const rest = [jobs[1]?.seq, jobs[0].seq]
  expect(history.lists.index({}, 'newest', nextCursor ?? '', 10).seqs).toEqual(rest)
  history.close()
  const again = await openTestHistory(dataDir)
  expect(again.history.lists.index({}, 'newest', nextCursor ?? '', 10).seqs).toEqual(rest)
})

it('refuses a cursor that is garbage, of another sort, or of other types', async () => {
  const { history } = await openTestHistory()
  const make = jobMaker()
  inserted(history, make(), make())
  const { nextCursor } = history.lists.index({}, 'newest', undefined, 1)
  const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const bad = [
    '',
    'x',
    '%%%',
    made(null),
    made([]),
    made(['newest', 'a', 1]),
    made(['newest', 1, 1.5]),
    made({}),
  ]
  for (const cursor of bad) expect(() => history.lists.page({}, 'newest', cursor, 10)).toThrow(StudioError)
  expect(() => history.lists.page({}, 'oldest', nextCursor ?? '', 10)).toThrow(/another look/)
  expect(history.lists.page({}, 'newest', nextCursor ?? '', 10).jobs).toHaveLength(1)
})

it('counts running, failed, finished and favourite jobs, each once', async () => {
  const { history } = await openTestHistory()
  fillAtRandom(history, 200, 11)
  const jobs = history.jobs.inStates(jobStates).filter((job) => job.removedAt === null)
  const of = (...states: string[]) => jobs.filter((job) => states.includes(job.state)).length
  expect(history.lists.counts({})).toEqual({
    all: jobs.length,
    running: of('queued', 'submitting', 'processing', 'downloading', 'cancelling'),
    attention: of('needs_attention'),
    failed: of('failed'),
    completed: of('completed'),
    favourites: jobs.filter((job) => job.favourite).length,
  })
})

it('gives cards in the order asked for, and passes over what is not there', async () => {
  const { history } = await openTestHistory()
  const make = jobMaker()
  const [a, b, c] = inserted(history, make(), make(), make())
  const asked = [c?.seq ?? 0, 999, a.seq, b?.seq ?? 0]
  expect(history.lists.rows(asked).map((row) => row.seq)).toEqual([c?.seq, a.seq, b?.seq])
  expect(history.lists.rows([])).toEqual([])
})

it('cuts a long prompt on its card between whole characters, and keeps it whole in the detail', async () => {
  const { history } = await openTestHistory()
  const prompt = '🌃'.repeat(300)
  const [{ id }] = inserted(history, jobMaker()({ prompt }))
  expect(history.lists.row(id)?.prompt).toBe('🌃'.repeat(280))
  expect(history.lists.detail(id)?.prompt).toBe(prompt)
})

it('shows a video on a card only when the job is completed and its file is known', async () => {
  const { history } = await openTestHistory()
  const make = jobMaker()
  const assetId = '01930000-0000-7000-8000-00000000000d'
  const done = finished(make({ inputs: [{ role: 'first', assetId }] }))
  history.jobs.adopt(done)
  expect(history.lists.row(done.id)).toMatchObject({
    video: { width: 1280, height: 720, fps: 24, durationMs: 5_000, bytes: 1_000_000, missing: false },
    firstInput: assetId,
  })
  expect(history.lists.detail(done.id)).toMatchObject({
    file: done.outputPath,
    inputs: done.inputs,
    params: { seed: 7 },
  })
  const [{ id }] = inserted(history, make())
  const patch = { outputPath: 'b.mp4', width: 1, height: 1, fps: 24, durationMs: 1, bytes: 1 }
  history.jobs.move(id, ['queued'], 'downloading', 1, { kind: 'made' }, patch)
  expect(history.lists.row(id)?.video).toBeNull()
})
