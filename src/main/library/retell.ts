import type { Logger } from 'pino'
import type { History } from '../history'
import { writeDurably } from './files'
import type { Folders } from './folders'
import { readSidecar, sidecarPath } from './sidecar'
import type { Library } from './types'

/** How many of a call are still written when the studio closes. */
const mostAtClose = 100

interface RetellDeps {
  history: Pick<History, 'jobs'>
  folders: Folders
  log: Logger
}

/** Keeps the sidecars true to what may still change of a finished job. One at a time, so that the last word stays. */
export function createRetelling({ history, folders, log }: RetellDeps): Library['retell'] {
  let last: Promise<void> = Promise.resolve()

  async function retellOne(id: string): Promise<void> {
    const job = history.jobs.get(id)
    if (job?.state !== 'completed' || job.outputPath === null) return
    const found = await folders.find(job.outputPath)
    if (found === null) return
    const path = sidecarPath(found.path)
    const told = await readSidecar(path)
    if (typeof told === 'string' || told.id !== id || told.favourite === job.favourite) return
    await writeDurably(path, `${JSON.stringify({ ...told, favourite: job.favourite }, null, 2)}\n`)
  }

  return (ids, signal) => {
    last = last.then(async () => {
      for (const [place, id] of ids.entries()) {
        if (signal.aborted && place >= mostAtClose) return
        await retellOne(id).catch((error: unknown) =>
          log.warn({ err: error, job: id }, 'a sidecar could not be brought up to date'),
        )
      }
    })
    return last
  }
}
