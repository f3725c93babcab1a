import { readdir, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { LibraryStatus, VideoFile } from '@shared/contract'
import { StudioError } from '@shared/problems'
import type { Logger } from 'pino'
import type { Events } from '../events'
import type { History, JobRecord } from '../history'
import type { Clock, Desk, StudioPaths } from '../ports'
import { copyOut, copyTo, relativeTo, wholePath } from './copies'
import { storageFault } from './faults'
import { exists } from './files'
import { openFolders } from './folders'
import { under } from './inside'
import { planPath } from './plan'
import { createPresence } from './presence'
import { rebuildFrom } from './rebuild'
import { partPath, receiveVideo, settledVideo, sha256Of, targetIn } from './receive'
import { createRetelling } from './retell'
import { readSidecar, sidecarPath, writeSidecar } from './sidecar'
import { folderState, makeUsable } from './status'
import type { Library, Presence, ReceivedVideo } from './types'

export interface LibraryDeps {
  history: History
  clock: Clock
  log: Logger
  desk: Pick<Desk, 'trash'>
  events: Events
  paths: StudioPaths
}

/** The library over a folder of the file system. See {@link Library} for what each part does and raises. */
export function createLibrary(deps: LibraryDeps): Library & Presence {
  const { history, clock, log, desk, events } = deps
  const folders = openFolders(history.settings, deps.paths)
  const presence = createPresence({ history, folders, events, clock, log })

  async function status(): Promise<LibraryStatus> {
    const path = folders.current()
    return { path, ...(await folderState(path)), ...history.jobs.videoTotals() }
  }

  function plan(job: JobRecord, file?: VideoFile): string {
    const { nameTemplate } = history.settings.get()
    return planPath(job, nameTemplate, folders.all(), (path) => history.jobs.outputPathTaken(path), file)
  }

  async function pathOf(job: Pick<JobRecord, 'outputPath'>): Promise<string | null> {
    return job.outputPath === null ? null : ((await folders.find(job.outputPath))?.path ?? null)
  }

  async function throwAway(path: string): Promise<void> {
    if (!(await exists(path))) return
    const binned = await desk.trash(path).catch((error: unknown) => {
      log.warn({ err: error }, 'the system bin refused a file')
      return false
    })
    if (!binned) await rm(path, { force: true })
  }

  async function adoptPath(job: JobRecord, facts: ReceivedVideo, path: string): Promise<string> {
    for (const root of folders.all()) {
      const there = await relativeTo(root, path)
      if (there === null) continue
      if (there !== job.outputPath && history.jobs.outputPathTaken(there)) break
      if (!(await exists(sidecarPath(path)))) await writeSidecar(path, job, facts, clock.now())
      return there
    }
    const root = folders.current()
    for (;;) {
      const outputPath = plan(job, /\.mov$/i.test(path) ? 'mov' : 'mp4')
      const target = await targetIn(root, outputPath)
      if (!(await copyTo(path, target))) continue
      await writeSidecar(target, job, facts, clock.now())
      return outputPath
    }
  }

  return {
    ...presence,
    retell: createRetelling({ history, folders, log }),
    folder: () => folders.current(),
    status,
    async setFolder(path) {
      const folder = resolve(wholePath(path, 'library.folderRelative'))
      await makeUsable(folder)
      folders.use(folder)
      const library = await status()
      events.publish({ type: 'library', library })
      presence.start()
      return library
    },
    plan,
    async receive(what) {
      try {
        return await receiveVideo(folders.current(), what, clock)
      } catch (error) {
        if (error instanceof StudioError) events.publish({ type: 'library', library: await status() })
        throw error
      }
    },
    async settled(job, outputPath) {
      const found = await folders.find(outputPath)
      return found && settledVideo(found.path, job)
    },
    pathOf,
    async sweep(keep) {
      for (const root of folders.all()) {
        // A download is only ever taken up again in the folder in use.
        await sweepFolder(root, root === folders.current() ? keep : new Set())
      }
    },
    async discard({ id, outputPath }) {
      if (outputPath === null) return
      try {
        for (const root of folders.all()) {
          const part = under(root, outputPath)
          if (part !== null) await rm(partPath(part), { force: true })
        }
        const found = await folders.find(outputPath)
        const sidecar = sidecarPath(found?.path ?? join(folders.current(), outputPath))
        const told = await readSidecar(sidecar).catch(() => null)
        const ours = told !== null && typeof told === 'object' && told.id === id
        // A stranger's file may have come to lie under a name that was only planned.
        const same = found && (await stat(found.path)).size === history.jobs.get(id)?.bytes
        if (found && (ours || same)) await throwAway(found.path)
        if (ours) await throwAway(sidecar)
      } catch (error) {
        throw storageFault(error, folders.current())
      }
    },
    async exportTo(job, path) {
      const to = wholePath(path, 'path.relative')
      const from = await presence.seek(job)
      if (from === null) throw new StudioError('not_found', 'video.missing')
      return copyOut(from, to).catch((error: unknown) => {
        throw new StudioError('storage', 'export.failed', { values: { path: to }, cause: error })
      })
    },
    async locate(job, path) {
      const file = wholePath(path, 'path.relative')
      const facts = factsOf(job)
      if (facts === null) throw new StudioError('conflict', 'video.notYet')
      const found = await stat(file).catch(() => null)
      if (found?.isFile() !== true) throw new StudioError('not_found', 'path.notFile', { values: { path } })
      try {
        if (found.size !== facts.bytes || (await sha256Of(file)) !== facts.sha256) {
          throw new StudioError('conflict', 'video.differs', { values: { name: basename(file) } })
        }
        return await adoptPath(job, facts, file)
      } catch (error) {
        throw storageFault(error, folders.current())
      }
    },
    async rebuild() {
      const { ids, moved, ...counts } = await rebuildFrom(folders, history.jobs)
      const now = clock.now()
      for (const { id, outputPath } of moved) {
        const found = { outputPath, fileMissing: false, error: null, errorRaw: null }
        history.jobs.patch(id, ['completed'], now, found, { kind: 'located' })
      }
      for (const id of ids) history.derivatives.want(id, ['poster', 'preview'], now)
      if (ids.length + moved.length > 0) events.publish({ type: 'reload' })
      return counts
    },
  }
}

function factsOf(job: JobRecord): ReceivedVideo | null {
  const { bytes, sha256, width, height, fps, durationMs } = job
  if (job.state !== 'completed' || bytes === null || sha256 === null) return null
  return { bytes, sha256, width: width ?? 0, height: height ?? 0, fps: fps ?? 0, durationMs: durationMs ?? 0 }
}

/** Unfinished files lie only in the folders of months, which are the studio's own. */
async function sweepFolder(root: string, keep: ReadonlySet<string>): Promise<void> {
  const months = (await readdir(root).catch(() => [])).filter((name) => /^\d{4}-\d{2}$/.test(name))
  for (const month of months) {
    for (const name of await readdir(join(root, month)).catch(() => [])) {
      const abandoned =
        /\.(?:mp4|mov)\.part$/.test(name) && !keep.has(`${month}/${name.slice(0, -'.part'.length)}`)
      if (abandoned || /\.json\.[\d-]+\.tmp$/.test(name)) await rm(join(root, month, name), { force: true })
    }
  }
}
