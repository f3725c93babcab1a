import { expect, test } from 'vitest'
import { relayId, relayStatus } from '../../../src/main/providers/runway/relay'

const url = 'https://cdn.example.com/v.mp4'
const outputs = [{ ref: url, bytes: null, sha256: null }]

test.each([
  ['Runway’s own', { id: 'a-1', status: 'PENDING' }, 'a-1'],
  ['the old object', { id: 'a-2', prompt: '', state: 'pending', video: null }, 'a-2'],
  ['a task id', { task_id: 'a-3' }, 'a-3'],
  ['wrapped', { code: 'success', message: '', data: { task_id: 'a-4' } }, 'a-4'],
  ['wrapped, by another name', { code: 0, data: { id: 'a-5' } }, 'a-5'],
  ['a number', { id: 827297867 }, '827297867'],
  ['none', { code: 'fail', message: 'no channel', data: null }, null],
  ['an empty one', { id: '' }, null],
  ['a list', [], null],
])('the id of a task, %s', (_name, answer, id) => {
  expect(relayId(answer)).toBe(id)
})

test.each([
  // Where it lies.
  ['video_url', { status: 'completed', video_url: url }],
  ['output[0]', { status: 'SUCCEEDED', output: [url] }],
  ['output.url', { status: 'success', output: { url } }],
  ['output as a text', { status: 'success', output: url }],
  ['video.url', { state: 'succeeded', video: { url } }],
  ['video', { state: 'completed', video: url, video_raw: null }],
  ['video_raw', { state: 'completed', video: null, video_raw: url }],
  ['data.video_url', { data: { status: 'completed', video_url: url } }],
  ['data.output[0]', { data: { state: 'SUCCEEDED', output: [url] } }],
  ['data.task_result', { code: 0, data: { task_status: 'succeed', task_result: { videos: [{ url }] } } }],
  ['data[0].url', { status: 'completed', data: [{ url }] }],
  ['result_url', { task_status: 'success', result_url: url }],
  ['without a word on its state', { id: 'a-1', video_url: url }],
])('a video is found at %s', (_name, answer) => {
  expect(relayStatus(answer)).toEqual({ kind: 'succeeded', outputs })
})

test.each([
  ['pending', { status: 'pending' }, { kind: 'queued' }],
  ['PENDING', { status: 'PENDING' }, { kind: 'queued' }],
  ['submitted', { data: { task_status: 'submitted' } }, { kind: 'queued' }],
  ['THROTTLED', { status: 'THROTTLED' }, { kind: 'queued', waiting: 'throttled' }],
  ['processing', { state: 'processing' }, { kind: 'processing', progress: null }],
  ['RUNNING', { status: 'RUNNING', progress: 0.4 }, { kind: 'processing', progress: 0.4 }],
  ['per cent', { status: 'processing', progress: 40 }, { kind: 'processing', progress: 0.4 }],
  ['“40%”', { data: { status: 'processing', progress: '40%' } }, { kind: 'processing', progress: 0.4 }],
  ['“1%”', { status: 'processing', progress: '1%' }, { kind: 'processing', progress: 0.01 }],
  ['nonsense', { status: 'processing', progress: 'soon' }, { kind: 'processing', progress: null }],
  ['a new word', { status: 'upscaling' }, { kind: 'processing', progress: null }],
  ['done without a video', { status: 'completed', video: null }, { kind: 'succeeded', outputs: [] }],
  [
    'an address that is none',
    { status: 'completed', video_url: 'pending' },
    { kind: 'succeeded', outputs: [] },
  ],
])('%s', (_name, answer, status) => {
  expect(relayStatus(answer)).toEqual(status)
})

test.each([
  ['error', { status: 'failed', error: 'Too dark' }],
  ['error.message', { status: 'error', error: { message: 'Too dark' } }],
  ['failure', { status: 'FAILED', failure: 'Too dark', failureCode: 'X' }],
  ['fail_reason', { state: 'failed', fail_reason: 'Too dark' }],
  ['task_status_msg', { data: { task_status: 'failed', task_status_msg: 'Too dark' } }],
  [
    'data.fail_reason',
    { code: 'success', message: 'ok', data: { status: 'FAILURE', fail_reason: 'Too dark' } },
  ],
  ['message', { status: 'failed', message: 'Too dark' }],
])('a failure says why, in %s; whether it was charged nobody knows', (_name, answer) => {
  expect(relayStatus(answer)).toMatchObject({
    kind: 'failed',
    error: { detail: { key: 'runway.relayFailed', charged: 'unknown', values: { reason: 'Too dark' } } },
  })
})

test.each(['CANCELLED', 'canceled'])('%s ends the job as cancelled elsewhere', (status) => {
  expect(relayStatus({ status })).toMatchObject({ error: { detail: { key: 'runway.cancelled' } } })
})

test.each([
  ['an error', { error: { message: 'busy' } }],
  ['wrapped nothing', { code: 'fail', message: 'no such task', data: null }],
  ['nothing', {}],
  ['a text', 'ok'],
  ['null', null],
])('%s says nothing of a task, and is not taken for one', (_name, answer) => {
  expect(relayStatus(answer)).toBeNull()
})
