import type { JobRow, JobState } from '@shared/contract'
import { runningStates } from '@shared/words'
import { api } from '../api'
import { rows } from '../state/jobs'
import { useStudio } from '../state/studio'
import { continueFrom, retry, reuse, vary } from './again'
import { isAskable } from './asked'
import { copyLink, copyPrompt, exportCopy, locate, open, reveal } from './files'
import { sayCancelled } from './queue'
import { removeJobs } from './remove'
import { attempt, attemptEach, portions, sayProblem } from './say'
import { checkAgain, dismissJob, fetchAgain } from './settle'

const running: readonly JobState[] = runningStates

/** Whether a job waits for its turn and can be kept from it. */
export function canPause(row: JobRow): boolean {
  return row.state === 'queued' && row.waiting !== 'paused'
}

/** Whether a job was kept from its turn and can take it again. */
export function canResume(row: JobRow): boolean {
  return row.state === 'queued' && row.waiting === 'paused'
}

/** Whether there is still something to cancel. */
export function canCancel(row: JobRow): boolean {
  return running.includes(row.state) && row.state !== 'cancelling'
}

/** Whether to cancel it can only mean to wait for it no longer: it was sent, and its service has no cancel. */
export function onlyStopsWaiting(row: JobRow): boolean {
  const { models } = useStudio.getState()
  return row.state !== 'queued' && models[row.model]?.cancel === 'stops_watching'
}

/** Whether making the job again is what a person would want next. */
export function canRetry(row: JobRow): boolean {
  return row.state === 'failed' || row.state === 'cancelled' || row.state === 'needs_attention'
}

/** Whether the provider can be asked what became of a job that needs attention. */
export function canCheck(row: JobRow): boolean {
  return isAskable(row, useStudio.getState().providers)
}

/** What settles a job that may have been paid for, and costs nothing; null where there is nothing to settle. */
export function settlingOf(row: JobRow): 'fetch' | 'watch' | 'check' | 'dismiss' | null {
  if (row.fetchable && row.state === 'failed') return 'fetch'
  if (row.fetchable && row.state === 'cancelled') return 'watch'
  if (canCheck(row)) return 'check'
  return row.state === 'needs_attention' ? 'dismiss' : null
}

/** Whether there is a video to play, copy or go on from. */
export function hasVideo(row: JobRow): boolean {
  return row.state === 'completed' && row.video !== null && !row.video.missing
}

/** The rows of jobs; asked for one by one where they are not at hand. */
async function rowsOf(ids: readonly string[]): Promise<JobRow[]> {
  const found: JobRow[] = []
  for (const id of ids) {
    const row = rows.byId(id) ?? (await attempt(() => api.jobs.get({ id })))
    if (row) found.push(row)
  }
  return found
}

async function cancel(ids: readonly string[]): Promise<void> {
  // Known before: afterwards they are all cancelled, and only what never left the queue can go back to it.
  const waited = new Set(ids.filter((id) => rows.byId(id)?.state === 'queued'))
  const done = await attemptEach(ids, (id) => api.jobs.cancel({ id }))
  const undoable = done.filter((id) => waited.has(id))
  if (ids.length > 1 || undoable.length > 0) sayCancelled(done.length, undoable)
}

async function favourite(ids: readonly string[], on: boolean): Promise<void> {
  const before = ids.flatMap((id) => rows.byId(id) ?? [])
  for (const row of before) rows.patch(row.seq, { favourite: on })
  try {
    for (const part of portions(ids, 10_000)) await api.jobs.favourite({ ids: part, favourite: on })
  } catch (error) {
    for (const row of before) rows.patch(row.seq, { favourite: row.favourite })
    sayProblem(error)
  }
}

/**
 * Everything a person can do with jobs, with its messages, questions and ways back. None of these throws:
 * what goes wrong is said.
 */
export const jobActions = {
  /** Cancels jobs that are not finished. */
  cancel,
  /** Makes the same job again. */
  retry,
  /** Makes the same job with another seed. */
  vary,
  /** Fills the composer with what the job was made of. */
  reuse,
  /** Removes jobs, after asking what the settings leave open; can be undone for a moment. */
  remove: async (ids: readonly string[]): Promise<void> => removeJobs(await rowsOf(ids)),
  /** Marks or unmarks at once; taken back where the studio refuses. */
  favourite,
  /** Shows the file in its folder. */
  reveal,
  /** Opens the file in the system's player. */
  open,
  /** Copies or downloads the video. */
  exportCopy,
  /** Copies the whole prompt to the clipboard. */
  copyPrompt,
  /** Copies a link that opens the job in the installed program. */
  copyLink,
  /** Makes the last frame the first frame of the next video. */
  continueFrom,
  /** Says where a moved file is now. */
  locate,
  /** Asks the provider what became of a job whose outcome is not known. */
  checkAgain,
  /** Lets such a job rest, after asking. */
  dismiss: dismissJob,
  /** Downloads a video again that the provider still has; costs nothing. */
  fetchAgain,
}
