import { stat } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { Events } from '../events'
import type { History, JobRecord } from '../history'
import type { Clock } from '../ports'
import type { Folders } from './folders'
import type { Presence } from './types'

const firstAfterMs = 5000
const restMs = 200
const batch = 200
/** More changes than this in one batch are told as one. */
const mostSingly = 20

interface PresenceDeps {
  history: History
  folders: Folders
  events: Events
  clock: Clock
  log: Logger
}

/** Compares the history with the disk: one job when it is asked for, all of them slowly after the start. */
export function createPresence({ history, folders, events, clock, log }: PresenceDeps): Presence {
  let stop = () => {}
  let running = false
  let closed = false

  /** True when the history had it otherwise. */
  function note(job: JobRecord, present: boolean): boolean {
    if (job.state !== 'completed' || job.fileMissing === !present) return false
    const kind = present ? 'file_found' : 'file_missing'
    const found = { fileMissing: false, error: null, errorRaw: null }
    const patch = present ? found : { fileMissing: true }
    return history.jobs.patch(job.id, ['completed'], clock.now(), patch, { kind })
  }

  function tell(jobs: readonly JobRecord[]): void {
    if (jobs.length > mostSingly) events.publish({ type: 'reload' })
    else
      for (const { id } of jobs) {
        const job = history.lists.row(id)
        if (job) events.publish({ type: 'job', created: false, job })
      }
  }

  async function look(job: JobRecord): Promise<{ path: string | null; changed: boolean }> {
    if (job.outputPath === null) return { path: null, changed: false }
    const found = await folders.find(job.outputPath)
    if (closed) return { path: found?.path ?? null, changed: false }
    return { path: found?.path ?? null, changed: note(job, found !== null) }
  }

  async function lookAfterAll(afterSeq: number): Promise<void> {
    const jobs = history.jobs.withOutput(afterSeq, batch)
    const last = jobs.at(-1)
    // Without its drive nothing can be said of any file in it; the status of the library says that.
    if (!last || !(await isFolder(folders.current()))) return
    const changed: JobRecord[] = []
    for (const job of jobs) {
      if (!running) return
      if ((await look(job)).changed) changed.push(job)
    }
    tell(changed)
    if (running) schedule(restMs, last.seq)
  }

  function schedule(ms: number, afterSeq: number): void {
    stop = clock.after(ms, () => {
      lookAfterAll(afterSeq).catch((error: unknown) =>
        log.warn({ err: error }, 'looking after the videos stopped'),
      )
    })
  }

  return {
    async seek(job) {
      const { path, changed } = await look(job)
      if (changed) tell([job])
      return path
    },
    start() {
      stop()
      running = true
      schedule(firstAfterMs, 0)
    },
    close() {
      running = false
      closed = true
      stop()
    },
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
