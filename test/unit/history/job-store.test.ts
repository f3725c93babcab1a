import { expect, it } from 'vitest'
import type { NewJob } from '../../../src/main/history'
import { finished, inserted, jobMaker, openTestHistory } from './support'

it('gives back every field of a job as it was put in, none lost or turned', async () => {
  const { history } = await openTestHistory()
  const whole: NewJob = jobMaker()({
    batchId: '01930000-0000-7000-8000-00000000000b',
    retryOf: '01930000-0000-7000-8000-00000000000c',
    prompt: '东京 “night” 🌃',
    connectionId: 'work',
    endpoint: 'https://example.test/v1',
    params: { seed: 7, nested: { a: [1, null, 'x'] } },
    inputs: [{ role: 'first', assetId: '01930000-0000-7000-8000-00000000000d' }],
    request: {
      transport: 'http',
      method: 'POST',
      url: 'https://example.test',
      headers: { a: 'b' },
      body: { x: 1 },
    },
    estimate: { micros: 7_500_000, currency: 'USD' },
    priceDate: '2026-11-01',
  })
  const [inserted] = history.jobs.insert([whole])
  expect(inserted).toMatchObject({
    ...whole,
    state: 'queued',
    charged: 'no',
    attempts: 0,
    delayed: false,
    seq: 1,
  })
  expect(history.jobs.get(whole.id)).toEqual(inserted)

  const patch = {
    request: null,
    endpoint: 'https://other.test',
    providerJobId: 'p-1',
    submitAttemptedAt: 11,
    attempts: 3,
    nextAt: 12,
    retryAfter: 13,
    startedAt: 14,
    waiting: 'window',
    delayed: true,
    progress: 0.25,
    cost: { micros: 1, currency: 'CNY' },
    costKind: 'exact',
    charged: 'unknown',
    error: { code: 'quota', key: 'provider.quota', message: 'No more.', hint: null },
    errorRaw: '{"a":1}',
    outputs: [{ ref: 'r', bytes: null }],
    cancelRequested: true,
    outputPath: '2026-11/a.mp4',
    sha256: 'f'.repeat(64),
    bytes: 1000,
    width: 1280,
    height: 720,
    fps: 23.976,
    durationMs: 5000,
    fileMissing: true,
    ratio: 1.5,
    favourite: true,
    finishedAt: 15,
  } as const
  expect(history.jobs.move(whole.id, ['queued'], 'processing', 20, { kind: 'sent' }, patch)).toBe(true)
  expect(history.jobs.get(whole.id)).toMatchObject({ ...patch, state: 'processing', updatedAt: 20 })
})

it('moves a job once when two move it at the same time, and says so to the loser', async () => {
  const { history } = await openTestHistory()
  const [{ id }] = inserted(history, jobMaker()())
  expect(history.jobs.move(id, ['queued'], 'submitting', 1, { kind: 'submitting' })).toBe(true)
  expect(history.jobs.move(id, ['queued'], 'cancelled', 2, { kind: 'cancelled' })).toBe(false)
  expect(history.jobs.get(id)).toMatchObject({ state: 'submitting', updatedAt: 1 })
  expect(history.jobs.events(id).map(({ from, to, kind }) => [from, to, kind])).toEqual([
    [null, 'queued', 'created'],
    ['queued', 'submitting', 'submitting'],
  ])
})

it('writes neither columns nor an event when the state is not the expected one', async () => {
  const { history } = await openTestHistory()
  const [{ id }] = inserted(history, jobMaker()())
  expect(history.jobs.patch(id, ['processing'], 5, { progress: 0.5 }, { kind: 'delayed' })).toBe(false)
  expect(history.jobs.get(id)).toMatchObject({ progress: null, updatedAt: Date.UTC(2026, 10, 21, 9) })
  expect(history.jobs.events(id)).toHaveLength(1)
})

it('leaves columns alone that are undefined, and clears those that are null', async () => {
  const { history } = await openTestHistory()
  const [{ id }] = inserted(history, jobMaker()())
  history.jobs.patch(id, ['queued'], 1, { nextAt: 5, retryAfter: 6, cost: { micros: 2, currency: 'USD' } })
  history.jobs.patch(id, ['queued'], 2, { nextAt: null, cost: null })
  expect(history.jobs.get(id)).toMatchObject({ nextAt: null, retryAfter: 6, cost: null })
})

it('inserts all jobs or none: the second of two with one id takes the first with it', async () => {
  const { history } = await openTestHistory()
  const job = jobMaker()()
  expect(() => history.jobs.insert([job, job])).toThrow(/UNIQUE/)
  expect(history.jobs.get(job.id)).toBeNull()
  expect(history.lists.counts({}).all).toBe(0)
  expect(history.lists.index({ q: 'lighthouse' }, 'newest', undefined, 10).seqs).toEqual([])
})

it('finds due jobs soonest first, and none that has ended with a time still on it', async () => {
  const { history } = await openTestHistory()
  const make = jobMaker()
  const [a, b, c, d] = inserted(history, make(), make(), make(), make())
  const at = (id: string | undefined, nextAt: number | null) =>
    history.jobs.patch(id ?? '', ['queued'], 1, { nextAt })
  at(a.id, 300)
  at(b?.id, 100)
  at(c?.id, 50)
  history.jobs.move(c?.id ?? '', ['queued'], 'failed', 2, { kind: 'failed' })
  expect(history.jobs.nextDueAt()).toBe(100)
  expect(history.jobs.due(99, 10)).toEqual([])
  expect(history.jobs.due(300, 10).map((job) => job.id)).toEqual([b?.id, a.id])
  expect(history.jobs.due(300, 1)).toHaveLength(1)
  expect(history.jobs.inStates(['queued']).map((job) => job.id)).toEqual([a.id, b?.id, d?.id])
  at(a.id, null)
  at(b?.id, null)
  expect(history.jobs.nextDueAt()).toBeNull()
})

it('counts the busy ones of one connection and model only, a job without connection among its own', async () => {
  const { history } = await openTestHistory()
  const make = jobMaker()
  const jobs = inserted(
    history,
    make(),
    make({ connectionId: 'a' }),
    make({ connectionId: 'a', model: 'other' }),
    make({ connectionId: 'a' }),
  )
  for (const { id } of jobs.slice(0, 3))
    history.jobs.move(id, ['queued'], 'processing', 1, { kind: 'accepted' })
  expect(history.jobs.busy(null, 'animatic-1')).toBe(1)
  expect(history.jobs.busy('a', 'animatic-1')).toBe(1)
  expect(history.jobs.busy('b', 'animatic-1')).toBe(0)
})

it('says the median time of a model, and nothing from fewer than three jobs', async () => {
  const { history } = await openTestHistory()
  const make = jobMaker()
  const finish = (took: number) => {
    const [{ id }] = inserted(history, make())
    history.jobs.move(
      id,
      ['queued'],
      'completed',
      1,
      { kind: 'completed' },
      { startedAt: 10, finishedAt: 10 + took },
    )
  }
  finish(100)
  finish(9_000)
  const any = () => 1
  expect(history.jobs.usualMs(null, 'animatic-1', any)).toBeNull()
  finish(200)
  expect(history.jobs.usualMs(null, 'animatic-1', any)).toBe(200)
  expect(history.jobs.usualMs(null, 'animatic-1', () => null)).toBeNull()
  expect(history.jobs.usualMs(null, 'animatic-1', () => 1.5)).toBe(300)
  expect(history.jobs.usualMs('another-connection', 'animatic-1', any)).toBeNull()
  expect(history.jobs.usualMs(null, 'other', any)).toBeNull()
})

it('removes, restores and purges: a removed job shows nowhere, a purged one leaves nothing behind', async () => {
  const { history } = await openTestHistory()
  const make = jobMaker()
  const [kept, gone] = inserted(history, make(), make({ prompt: 'A whale' }))
  const id = gone?.id ?? ''
  history.jobs.move(id, ['queued'], 'completed', 2, { kind: 'completed' }, { outputPath: 'a.mp4', bytes: 5 })
  history.derivatives.want(id, ['poster'], 3)

  expect(history.jobs.remove([id, id, 'unknown'], 10, 'trash').map((job) => job.id)).toEqual([id])
  expect(history.jobs.remove([id], 11, 'keep')).toEqual([])
  expect(history.jobs.get(id)).toMatchObject({ removedAt: 10, removedFile: 'trash' })
  expect(history.lists.row(id)).toBeNull()
  expect(history.lists.detail(id)).toBeNull()
  expect(history.lists.rows([kept.seq, gone?.seq ?? 0]).map((row) => row.id)).toEqual([kept.id])
  expect(history.lists.page({}, 'newest', undefined, 10).jobs.map((row) => row.id)).toEqual([kept.id])
  expect(history.lists.counts({ q: 'whale' }).all).toBe(0)
  expect(history.jobs.prompts(10)).toEqual(['A lighthouse at dawn'])
  expect(history.jobs.withOutput(0, 10)).toEqual([])
  expect(history.jobs.videoTotals()).toEqual({ videos: 0, bytes: 0 })
  expect(history.derivatives.wanted(10)).toEqual([])

  expect(history.jobs.restore([id]).map((job) => job.id)).toEqual([id])
  expect(history.lists.row(id)).toMatchObject({ id })
  expect(history.lists.counts({ q: 'whale' }).all).toBe(1)
  expect(history.jobs.videoTotals()).toEqual({ videos: 1, bytes: 5 })

  history.jobs.remove([id, kept.id], 20, 'keep')
  expect(history.jobs.purgeable(20)).toEqual([])
  // The other still runs: it is cancelled before it may go.
  expect(history.jobs.purgeable(21).map((job) => job.id)).toEqual([id])
  history.jobs.purge([id])
  expect(history.jobs.get(id)).toBeNull()
  expect(history.jobs.events(id)).toEqual([])
  expect(history.derivatives.get(id, 'poster')).toBeNull()
  expect(history.lists.index({ q: 'whale' }, 'newest', undefined, 10).seqs).toEqual([])
})

it('gives a new job a place of its own after the newest was purged', async () => {
  const { history } = await openTestHistory()
  const make = jobMaker()
  const [first] = inserted(history, make())
  history.jobs.purge([first.id])
  expect(inserted(history, make())[0].seq).toBeGreaterThan(first.seq)
})

it('marks favourites and answers those that changed', async () => {
  const { history } = await openTestHistory()
  const make = jobMaker()
  const [a, b] = inserted(history, make(), make())
  expect(history.jobs.favourite([a.id], true, 5).map((job) => job.id)).toEqual([a.id])
  expect(history.jobs.favourite([a.id, b?.id ?? ''], true, 6).map((job) => job.id)).toEqual([b?.id])
  expect(history.lists.counts({ favourite: true })).toMatchObject({ all: 2, favourites: 2 })
})

it('gives distinct prompts, latest first, without empty ones', async () => {
  const { history } = await openTestHistory()
  const make = jobMaker()
  const prompts = ['one', 'two', '', ' ', 'one', 'three']
  history.jobs.insert(prompts.map((prompt, index) => make({ prompt, createdAt: index })))
  expect(history.jobs.prompts(10)).toEqual(['three', 'one', 'two'])
  expect(history.jobs.prompts(2)).toEqual(['three', 'one'])
})

it('adopts a finished job once, with its file, so that a second rebuild adds nothing', async () => {
  const { history } = await openTestHistory()
  const job = finished(jobMaker()(), {
    cost: { micros: 5, currency: 'USD' },
    costKind: 'exact',
    charged: 'yes',
  })
  expect(history.jobs.adopt(job)).toBe(true)
  expect(history.jobs.adopt(job)).toBe(false)
  expect(history.jobs.get(job.id)).toMatchObject({ ...job, state: 'completed' })
  expect(history.jobs.videoTotals()).toEqual({ videos: 1, bytes: 1_000_000 })
  expect(history.jobs.withOutput(0, 10).map(({ id }) => id)).toEqual([job.id])
  expect(history.jobs.outputPathTaken((job.outputPath ?? '').toUpperCase())).toBe(true)
  expect(history.jobs.outputPathTaken('2026-11/other.mp4')).toBe(false)
})

it('keeps the table from states and sums that make no sense', async () => {
  const { history } = await openTestHistory()
  const [{ id }] = inserted(history, jobMaker()())
  const move = (to: string, patch = {}) =>
    history.jobs.move(id, ['queued'], to as 'queued', 1, { kind: 'x' }, patch)
  expect(() => move('finished')).toThrow(/CHECK/)
  expect(() => move('failed', { charged: 'perhaps' })).toThrow(/CHECK/)
  expect(() => move('failed', { bytes: 1.5 })).toThrow(/INTEGER/)
  expect(history.jobs.get(id)).toMatchObject({ state: 'queued' })
  expect(history.jobs.events(id)).toHaveLength(1)
})

it('writes many changes as one, of which none stays when one breaks', async () => {
  const { history } = await openTestHistory()
  const { jobs, lists } = history
  const make = jobMaker()
  const [one, two] = jobs.insert([make(), make()])
  const both = [one?.id ?? '', two?.id ?? '']
  const begin = () => {
    for (const id of both) jobs.move(id, ['queued'], 'submitting', 2, { kind: 'submitting' })
  }
  expect(() =>
    jobs.together(() => {
      begin()
      throw new Error('the disk is full')
    }),
  ).toThrow('the disk is full')
  expect(both.map((id) => jobs.get(id)?.state)).toEqual(['queued', 'queued'])
  expect(both.map((id) => lists.row(id)?.state)).toEqual(['queued', 'queued'])
  expect(jobs.events(both[0] ?? '').map(({ kind }) => kind)).toEqual(['created'])

  jobs.together(begin)
  expect(both.map((id) => jobs.get(id)?.state)).toEqual(['submitting', 'submitting'])
  expect(lists.counts({ state: ['submitting'] }).all).toBe(2)
})
