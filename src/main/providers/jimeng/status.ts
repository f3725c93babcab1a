import { z } from 'zod'
import { providerError, rawOf, reasonOf, type WireAnswer } from '../../wire'
import type { ProviderStatus } from '../types'
import { readVolc, relayReason, relayRefusal, theRelay, volcengine, withoutVideo } from './errors'

/** So long after its submit a job that the service does not know (yet) is asked for again. */
const settlingMs = 60_000

const Task = z.object({ status: z.string().catch(''), video_url: z.string().nullish() })

/**
 * What CVSync2AsyncGetResult says of a job (Volcengine docs 85621). `ageMs` is how long ago it was submitted. Throws a
 * `ProviderError` for what is a refusal of the call and not the word on the job.
 */
export function volcStatus(answer: WireAnswer, ageMs: number): ProviderStatus {
  const said = readVolc(answer, 'poll')
  const task = Task.safeParse(said.data)
  if (said.kind === 'refused') {
    // A job that is done has failed with it; without that word, a hiccup of the service is no end.
    if (said.ends || (task.success && task.data.status === 'done'))
      return { kind: 'failed', error: said.error }
    throw said.error
  }
  if (!task.success) return { kind: 'processing', progress: null }
  const { status, video_url: url } = task.data
  switch (status) {
    case 'in_queue':
      return { kind: 'queued' }
    case 'done':
      return outputOf(url ?? null) ?? { kind: 'failed', error: withoutVideo(volcengine, answer) }
    case 'not_found':
      return ageMs < settlingMs ? { kind: 'queued' } : { kind: 'lost' }
    case 'expired':
      return { kind: 'lost' }
    default:
      // A word that is not known yet is no reason to lose a paid job.
      return { kind: 'processing', progress: null }
  }
}

const RelayTask = z.looseObject({
  status: z.string().nullish(),
  video_url: z.string().nullish(),
  progress: z.union([z.number(), z.string()]).nullish(),
})
const Wrapped = z.object({ data: RelayTask })

const made = ['success', 'succeeded', 'succeed', 'completed', 'video_generation_completed']
const ended = ['failed', 'failure', 'error', 'cancelled', 'canceled']
const waiting = ['pending', 'queued', 'not_start', 'submitted', 'in_queue']

/**
 * What a relay says of a job (yunwu.apifox.cn, unified video format; what stands behind it shines through at times, so
 * words are read tolerantly). Throws a `ProviderError` as {@link volcStatus} does.
 */
export function relayStatus(answer: WireAnswer, ageMs: number): ProviderStatus {
  if (answer.status < 200 || answer.status > 299) {
    if (/task.?not.?(?:exist|found)/i.test(relayReason(answer))) {
      return ageMs < settlingMs ? { kind: 'queued' } : { kind: 'lost' }
    }
    throw relayRefusal(answer, 'poll')
  }
  const wrapped = Wrapped.safeParse(answer.json)
  const task = wrapped.success ? wrapped : RelayTask.safeParse(answer.json)
  if (!task.success) throw relayRefusal(answer, 'poll')
  const {
    status,
    video_url: url,
    progress,
  } = 'data' in task.data ? RelayTask.parse(task.data.data) : task.data
  const word = status?.toLowerCase() ?? ''
  if (made.includes(word)) {
    return outputOf(url ?? null) ?? { kind: 'failed', error: withoutVideo(theRelay, answer) }
  }
  if (ended.includes(word)) {
    const reason = reasonOf(relayReason(answer))
    const error = providerError('internal', 'jimeng.relayFailed', {
      sent: true,
      charged: 'unknown',
      values: { provider: theRelay, reason: reason === '' ? word : reason },
      raw: rawOf(answer),
    })
    return { kind: 'failed', error }
  }
  if (waiting.includes(word)) return { kind: 'queued' }
  return { kind: 'processing', progress: shareOf(progress) }
}

function outputOf(url: string | null): ProviderStatus | null {
  if (url === null || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return null
  return { kind: 'succeeded', outputs: [{ ref: url, bytes: null, sha256: null }] }
}

/** Relays tell progress as a share, a percentage or `"42%"`, if at all. */
function shareOf(told: string | number | null | undefined): number | null {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(String(told ?? ''))
  if (percent) return Math.min(1, Number(percent[1]) / 100)
  if (typeof told !== 'number' || told < 0) return null
  return told > 1 ? Math.min(1, told / 100) : null
}
