import { expect, it } from 'vitest'
import type { NewJob } from '../../../src/main/history'
import { jobMaker, openTestHistory } from './support'

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
  const [job] = history.jobs.insert([jobMaker()()])
  const id = job?.id ?? ''
  expect(history.jobs.move(id, ['queued'], 'submitting', 1, { kind: 'submitting' })).toBe(true)
  expect(history.jobs.move(id, ['queued'], 'cancelled', 2, { kind: 'cancelled' })).toBe(false)
  expect(history.jobs.get(id)).toMatchObject({ state: 'submitting', updatedAt: 1 })
  expect(history.jobs.events(id).map(({ from, to, kind }) => [from, to, kind])).toEqual([
    [null, 'queued', 'created'],
    ['queued', 'submitting', 'submitting'],
  ])
})
