import { expect, test } from 'vitest'
import { statusOf, Task } from '../../../src/main/providers/runway/status'

const base = { id: '17f20503-6c24-4c16-946b-35dbbce2af2f', createdAt: '2026-11-21T09:00:00Z' }
const told = (answer: Record<string, unknown>) => statusOf(Task.parse({ ...base, ...answer }))

test.each([
  ['PENDING', { status: 'PENDING', estimatedCost: { credits: 25 } }, { kind: 'queued' }],
  ['THROTTLED', { status: 'THROTTLED' }, { kind: 'queued', waiting: 'throttled' }],
  ['RUNNING', { status: 'RUNNING', progress: 0.42 }, { kind: 'processing', progress: 0.42 }],
  ['RUNNING without progress', { status: 'RUNNING' }, { kind: 'processing', progress: null }],
  [
    'RUNNING with a progress that is none',
    { status: 'RUNNING', progress: 'half' },
    { kind: 'processing', progress: null },
  ],
  ['a word that is not known yet', { status: 'REVIEWING' }, { kind: 'processing', progress: null }],
])('%s is understood, and no paid task is lost over it', (_name, answer, status) => {
  expect(told(answer)).toEqual(status)
})

test('a success tells its videos and, to the credit, what it cost', () => {
  const output = ['https://cdn.example.com/a.mp4?_jwt=1']
  expect(told({ status: 'SUCCEEDED', output, cost: { credits: 25 } })).toEqual({
    kind: 'succeeded',
    outputs: [{ ref: output[0], bytes: null, sha256: null }],
    cost: { micros: 250_000, currency: 'USD' },
    costKind: 'exact',
    told: { credits: 25 },
  })
  expect(told({ status: 'SUCCEEDED', output })).not.toHaveProperty('cost')
})

// failureCode, code, sentence, whether to try again, and whether it was charged where no cost is told.
const rows = [
  ['SAFETY.INPUT.TEXT', 'moderated', 'runway.safetyInput', 'never', 'yes'],
  ['SAFETY.INPUT.IMAGE', 'moderated', 'runway.safetyInput', 'never', 'yes'],
  ['SAFETY.OUTPUT.VIDEO', 'moderated', 'runway.safetyOutput', 'never', 'unknown'],
  ['INPUT_PREPROCESSING.SAFETY.TEXT', 'moderated', 'runway.safetyText', 'never', 'unknown'],
  ['INPUT_PREPROCESSING.SAFETY.THIRD_PARTY', 'moderated', 'runway.safetyOther', 'never', 'unknown'],
  ['INPUT_PREPROCESSING.INTERNAL', 'unavailable', 'runway.internal', 'now', 'unknown'],
  ['INTERNAL.BAD_OUTPUT.CODE01', 'bad_output', 'runway.badOutput', 'now', 'no'],
  ['INTERNAL', 'unavailable', 'runway.internal', 'now', 'unknown'],
  ['INTERNAL.SOMETHING.NEW', 'unavailable', 'runway.internal', 'now', 'unknown'],
  ['ASSET.INVALID', 'invalid_request', 'runway.asset', 'never', 'unknown'],
  ['THIRD_PARTY.UNAVAILABLE', 'unavailable', 'runway.thirdParty', 'later', 'unknown'],
  ['SOMETHING.NEW', 'unavailable', 'runway.failed', 'never', 'unknown'],
  [undefined, 'unavailable', 'runway.failed', 'never', 'unknown'],
] as const

test.each(rows)(
  '%s: %s, %s, again %s, charged %s unless Runway says',
  (failureCode, code, key, retry, charged) => {
    const answer = { status: 'FAILED', failure: 'The reason', failureCode }
    const failed = told(answer)
    expect(failed).toMatchObject({
      kind: 'failed',
      error: { detail: { code, key, retry, charged, sent: true, values: { reason: 'The reason' } } },
    })
    expect(failed).not.toHaveProperty('cost')
    // What Runway says of the money counts more than what is known of such failures.
    expect(told({ ...answer, cost: { credits: 0 } })).toMatchObject({ error: { detail: { charged: 'no' } } })
    expect(told({ ...answer, cost: { credits: 60 } })).toMatchObject({
      error: { detail: { charged: 'yes' } },
      cost: { micros: 600_000, currency: 'USD' },
    })
  },
)

test('a task that was cancelled elsewhere ends as that, with what it cost', () => {
  expect(told({ status: 'CANCELLED', cost: { credits: 0 } })).toMatchObject({
    kind: 'failed',
    error: { detail: { key: 'runway.cancelled', charged: 'no' } },
  })
  expect(told({ status: 'CANCELLED' })).toMatchObject({ error: { detail: { charged: 'unknown' } } })
})
