import type { JobRow } from '@shared/contract'
import i18next from 'i18next'
import { api } from '../api'
import { rows } from '../state/jobs'
import { toast } from '../ui'
import { mayPayTwice } from './again'
import { canCancel, canPause, canResume, hasVideo, jobActions } from './jobs'
import { queueActions } from './queue'
import { removeJobs } from './remove'
import { retryMany } from './retryMany'
import { attempt, portions } from './say'

/** The most rows in one answer, as the contract has it. */
const most = 500

/** The rows of many cards, at hand or not; null, with a message, where they cannot be read. */
async function rowsOf(seqs: readonly number[]): Promise<JobRow[] | null> {
  const found = seqs.flatMap((seq) => rows.get(seq) ?? [])
  const missing = seqs.filter((seq) => !rows.get(seq))
  const read = await attempt(async () => {
    const parts: JobRow[][] = []
    for (const part of portions(missing, most)) parts.push((await api.jobs.rows({ seqs: part })).jobs)
    return parts.flat()
  })
  return read && [...found, ...read]
}

async function forRows(seqs: readonly number[], action: (found: JobRow[]) => Promise<void>): Promise<void> {
  const found = await rowsOf(seqs)
  if (found) await action(found)
}

const ids = (found: readonly JobRow[]) => found.map((row) => row.id)

/** What can be done with many cards at once, named by `seq`. Each does what applies and leaves the rest alone. */
export const batchActions = {
  /** Marks all, or unmarks all where all are marked. */
  favourite: (seqs: readonly number[]) =>
    forRows(seqs, (found) => jobActions.favourite(ids(found), !found.every((row) => row.favourite))),
  cancel: (seqs: readonly number[]) =>
    forRows(seqs, (found) => jobActions.cancel(ids(found.filter(canCancel)))),
  /** Keeps those from their turn that wait for it, or lets them take it again. */
  pause: (seqs: readonly number[]) =>
    forRows(seqs, (found) => queueActions.pause(ids(found.filter(canPause)))),
  resume: (seqs: readonly number[]) =>
    forRows(seqs, (found) => queueActions.resume(ids(found.filter(canResume)))),
  /** Makes those that failed again; what may have been charged is left to a decision of its own, and that is said. */
  retry: (seqs: readonly number[]) =>
    forRows(seqs, async (found) => {
      const failed = found.filter((row) => row.state === 'failed')
      const again = failed.filter((row) => !mayPayTwice(row))
      const made = await retryMany(again)
      const left = failed.length - again.length
      const started = made > 0 ? i18next.t('actions.started', { count: made }) : null
      const kept = left > 0 ? i18next.t('actions.retryLeft', { count: left }) : null
      const [title, body] = [started ?? kept, started === null ? null : kept]
      if (title !== null) toast({ title, ...(body === null ? {} : { body }) })
    }),
  /** Exports or downloads one after the other. */
  exportCopies: (seqs: readonly number[]) =>
    forRows(seqs, async (found) => {
      for (const id of ids(found.filter(hasVideo))) await jobActions.exportCopy(id)
    }),
  remove: (seqs: readonly number[]) => forRows(seqs, removeJobs),
}
