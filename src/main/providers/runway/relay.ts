import { providerError, reasonOf, type WireAnswer } from '../../wire'
import type { ProviderStatus } from '../types'
import { isObject, saidBy } from './errors'

/*
 * Three shapes of an answer go about on the paths of these gateways: the old object of Runway's web page (`state`,
 * `video`), the task of Runway's API (`status`, `output`), and one wrapped in `{code, message, data}`. Which one a relay
 * gives may change from day to day, so each thing is looked for in all the places it has been seen at.
 */

/** One thing's places, the surest first; each is a way of names through an answer. */
type Places = readonly (readonly (string | number)[])[]

const ids: Places = [['id'], ['task_id'], ['data', 'task_id'], ['data', 'id']]
const states: Places = [
  ['status'],
  ['state'],
  ['task_status'],
  ['data', 'status'],
  ['data', 'state'],
  ['data', 'task_status'],
]
const urls: Places = [
  ['video_url'],
  ['output', 0],
  ['output', 'url'],
  ['output'],
  ['outputs', 0],
  ['video', 'url'],
  ['video'],
  ['video_raw'],
  ['result_url'],
  ['url'],
  ['response', 'url'],
  ['data', 'video_url'],
  ['data', 'output', 0],
  ['data', 'video', 'url'],
  ['data', 'video'],
  ['data', 'task_result', 'videos', 0, 'url'],
  ['data', 0, 'url'],
]
const reasons: Places = [
  ['error'],
  ['error', 'message'],
  ['failure'],
  ['fail_reason'],
  ['failure_reason'],
  ['task_status_msg'],
  ['data', 'error'],
  ['data', 'failure'],
  ['data', 'fail_reason'],
  ['data', 'task_status_msg'],
  ['message'],
]
const shares: Places = [['progress'], ['data', 'progress']]

const done = new Set(['completed', 'succeeded', 'succeed', 'success'])
const broken = new Set(['failed', 'error', 'failure'])
const stopped = new Set(['cancelled', 'canceled'])
const waiting = new Set(['pending', 'submitted', 'queued', 'in_queue', 'not_start'])

/** The id of the task that a create has begun; null where the answer names none. */
export function relayId(json: unknown): string | null {
  const id = found(json, ids, (value) => (typeof value === 'number' ? String(value) : text(value)))
  return id ?? null
}

/** What a relay says of a task; null for an answer that says nothing of one. */
export function relayStatus(json: unknown): ProviderStatus | null {
  const url = found(json, urls, (value) => (/^https?:\/\//.test(text(value) ?? '') ? text(value) : undefined))
  const state = found(json, states, text)?.toLowerCase()
  if (state === undefined) return url === undefined ? null : succeeded(url)
  if (done.has(state)) return succeeded(url)
  if (broken.has(state)) return failed('runway.relayFailed', json)
  if (stopped.has(state)) return failed('runway.cancelled', json)
  if (state === 'throttled') return { kind: 'queued', waiting: 'throttled' }
  if (waiting.has(state)) return { kind: 'queued' }
  return { kind: 'processing', progress: found(json, shares, shareOf) ?? null }
}

/** Whether a relay says that it does not know a task, which it also says of one that it has only just begun. */
export function isUnknownTask(answer: WireAnswer): boolean {
  if (answer.status !== 400 && answer.status !== 404) return false
  return answer.json !== undefined && (answer.status === 404 || /task_not_exist/i.test(answer.body))
}

/** Whether a success says in words that it is none: `{error: …}` without a task. */
export function isRelayError(json: unknown): boolean {
  return isObject(json) && json['error'] !== undefined && json['error'] !== null && saidBy({ json }) !== ''
}

function succeeded(url: string | undefined): ProviderStatus {
  return {
    kind: 'succeeded',
    outputs: url === undefined ? [] : [{ ref: url, bytes: null, sha256: null }],
  }
}

/** Whether a relay charges for a failed task is not documented. */
function failed(key: 'runway.relayFailed' | 'runway.cancelled', json: unknown): ProviderStatus {
  const reason = reasonOf(found(json, reasons, text) ?? '') || 'failed'
  const code = key === 'runway.cancelled' ? 'not_found' : 'unavailable'
  const raw = JSON.stringify(json).slice(0, 4096)
  return {
    kind: 'failed',
    error: providerError(code, key, { sent: true, charged: 'unknown', values: { reason }, raw }),
  }
}

/** Progress as a share of one, a percentage, or `"45%"`. */
function shareOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value.replace(/\s*%$/, '')) : value
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined
  const share = number > 1 || (typeof value === 'string' && value.includes('%')) ? number / 100 : number
  return share <= 1 ? share : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function found<T>(json: unknown, places: Places, read: (value: unknown) => T | undefined): T | undefined {
  for (const place of places) {
    const value = read(at(json, place))
    if (value !== undefined) return value
  }
  return undefined
}

function at(json: unknown, place: readonly (string | number)[]): unknown {
  let value = json
  for (const step of place) {
    if (Array.isArray(value) ? typeof step !== 'number' : !isObject(value) || !Object.hasOwn(value, step)) {
      return undefined
    }
    value = (value as Record<string | number, unknown>)[step]
  }
  return value
}
