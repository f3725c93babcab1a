import { expect, test } from 'vitest'
import { klingModels } from '../../../src/main/providers/kling/models'
import { jobIdOf, readJobId, statusOf } from '../../../src/main/providers/kling/status'
import { readTask } from '../../../src/main/providers/kling/task'

const price = klingModels[0]?.info.price ?? null
const job = { price, params: { mode: 'pro', duration: 5 } }
const task = (change: Record<string, unknown>) => {
  const read = readTask({ task_id: '827297867001249878', ...change })
  if (!read) throw new Error('no task')
  return read
}
const videos = [{ id: 'v', url: 'https://x.example/a.mp4?s=1', duration: '5' }]

test.each([
  ['submitted', { kind: 'queued' }],
  ['processing', { kind: 'processing', progress: null }],
  // A word of tomorrow, and none at all, must not end a paid job.
  ['reviewing', { kind: 'processing', progress: null }],
  [undefined, { kind: 'processing', progress: null }],
])('%s is %j', (task_status, status) => {
  const told = task({ task_status, task_status_msg: null, task_result: null })
  expect(statusOf(told, job, 'global')).toEqual(status)
})

test.each([
  ['global', '3.5', { cost: { micros: 490_000, currency: 'USD' }, costKind: 'exact' }],
  ['global', 2, { cost: { micros: 280_000, currency: 'USD' }, costKind: 'exact' }],
  ['global', undefined, { cost: { micros: 490_000, currency: 'USD' }, costKind: 'computed' }],
  ['china', '3.5', { cost: { micros: 490_000, currency: 'USD' }, costKind: 'computed' }],
  // What Kling takes from a relay is not what the relay takes from the person.
  ['relay', '1', { cost: { micros: 490_000, currency: 'USD' }, costKind: 'computed' }],
] as const)('a success at %s with %s units costs %j', (kind, final_unit_deduction, cost) => {
  const told = task({ task_status: 'succeed', task_result: { videos }, final_unit_deduction })
  expect(statusOf(told, job, kind)).toEqual({
    kind: 'succeeded',
    outputs: [{ ref: 'https://x.example/a.mp4?s=1', bytes: null, sha256: null }],
    ...cost,
  })
})

test('the new spelling of success is one too, and one without a video has no output', () => {
  expect(statusOf(task({ task_status: 'succeeded' }), job, 'relay')).toMatchObject({ outputs: [] })
})

test.each([
  ['Content moderation review failed.', undefined, 'moderated', 'kling.blocked', 'unknown'],
  ['触发平台内容风控', '0', 'moderated', 'kling.blocked', 'no'],
  ['The server broke', '0', 'internal', 'kling.failed', 'no'],
  ['The server broke', '3.5', 'internal', 'kling.failed', 'yes'],
  ['', undefined, 'internal', 'kling.failed', 'unknown'],
])('a failure “%s” that took %s units is %s (%s), charged %s', (message, units, code, key, charged) => {
  const told = task({ task_status: 'failed', task_status_msg: message, final_unit_deduction: units })
  const status = statusOf(told, job, 'global')
  if (status.kind !== 'failed') throw new Error(status.kind)
  expect(status.error.detail).toMatchObject({ code, key, charged, retry: 'never' })
  expect(status.cost).toEqual(charged === 'yes' ? { micros: 490_000, currency: 'USD' } : undefined)
})

test('the id keeps its door and every digit', () => {
  const id = jobIdOf('image2video', '827297867001249878')
  expect(readJobId(id)).toEqual({ type: 'image2video', taskId: '827297867001249878' })
  expect(readJobId('827297867001249878')).toBeNull()
})

test.each([
  [[{ charge_type: 'unit', amount: '3.5' }], { micros: 490_000, currency: 'USD' }],
  [[{ charge_type: 'cash', amount: 0.56, currency: 'USD' }], { micros: 560_000, currency: 'USD' }],
  [[{ charge_type: 'cash', amount: '4', currency: 'CNY' }], { micros: 4_000_000, currency: 'CNY' }],
])('the API of 2026 tells its bill %j, which is exact', (billing, cost) => {
  const read = readTask({
    id: '827297867001249878',
    status: 'succeeded',
    outputs: [
      { type: 'cover', url: 'https://x.example/a.jpg' },
      { type: 'video', id: 'v', url: 'https://x.example/a.mp4' },
    ],
    billing,
  })
  if (!read) throw new Error('no task')
  expect(statusOf(read, job, 'global')).toMatchObject({
    kind: 'succeeded',
    outputs: [{ ref: 'https://x.example/a.mp4' }],
    cost,
    costKind: 'exact',
  })
})
