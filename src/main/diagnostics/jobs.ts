import type { DiagnosticsChoice } from '@shared/contract'
import type { JobRecord } from '../history'
import { mapStrings } from './wordless'
import type { DiagnosticsDeps } from './types'

const jobsMost = 300
const recordsMost = 100
/** What a request holds of an image would fill the bundle. */
const longest = 20_000

/** Jobs and what happened to them; what was written for them only where the person said so. */
export function jobsOf({ history }: DiagnosticsDeps, { prompts }: DiagnosticsChoice): unknown {
  return history.survey.lastJobs(jobsMost).flatMap((id) => {
    const job = history.jobs.get(id)
    if (!job) return []
    const { provider, model, state, createdAt, startedAt, finishedAt, attempts, charged, waiting, paused } =
      job
    return {
      id,
      provider,
      model,
      state,
      at: { createdAt, startedAt, finishedAt },
      attempts,
      charged,
      waiting,
      paused,
      inputs: job.inputs.map(({ role }) => role),
      params: prompts ? job.params : Object.fromEntries(Object.entries(job.params).map(plain)),
      error: job.error && { code: job.error.code, key: job.error.key },
      ...(prompts ? { prompt: job.prompt } : {}),
      events: history.jobs.events(id).map(({ at, from, to, kind, data }) => ({ at, from, to, kind, data })),
    }
  })
}

/** The very requests and what was answered to them, as they are kept. */
export function recordsOf({ history }: DiagnosticsDeps): unknown {
  return history.survey.lastJobs(recordsMost).flatMap((id) => {
    const job = history.jobs.get(id)
    return job ? recordOf(job) : []
  })
}

function recordOf({ id, provider, endpoint, providerJobId, request, error, errorRaw, outputs }: JobRecord) {
  return mapStrings({ id, provider, endpoint, providerJobId, request, error, errorRaw, outputs }, (text) =>
    text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text,
  )
}

/** A parameter without what a person may have written into it: numbers, switches, and words of a list. */
function plain([name, value]: [string, unknown]): [string, unknown] {
  const written = /prompt|text|word/i.test(name)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return [name, value]
  if (!written && typeof value === 'string' && /^[\w.:/-]{1,32}$/.test(value)) return [name, value]
  return [name, '[text]']
}
