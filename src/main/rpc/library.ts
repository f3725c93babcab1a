import { posix } from 'node:path'
import { issue, StudioError } from '@shared/problems'
import type { JobRecord } from '../history'
import type { Desk } from '../ports'
import type { Implementer } from './implementer'
import type { Services } from './services'

const done = { ok: true } as const

/** The folder of videos, and what the shell can do with a file of it. */
export function libraryHandlers(os: Implementer['library'], services: Services) {
  const { library, desk, derivatives } = services

  return {
    status: os.status.handler(() => library.status()),
    setFolder: os.setFolder.handler(async ({ input }) => {
      const path = input.path ?? (await dialogs(desk).pickFolder(library.folder()))
      return path === null ? null : library.setFolder(path)
    }),
    reveal: os.reveal.handler(async ({ input }) => {
      await desk.reveal((await videoOf(services, input.id)).path)
      return done
    }),
    open: os.open.handler(async ({ input }) => {
      await desk.open((await videoOf(services, input.id)).path)
      return done
    }),
    export: os.export.handler(async ({ input }) => {
      const { job } = await videoOf(services, input.id)
      const path = input.path ?? (await dialogs(desk).saveAs(posix.basename(job.outputPath ?? 'video.mp4')))
      return path === null ? null : { path: await library.exportTo(job, path) }
    }),
    locate: os.locate.handler(async ({ input }) => {
      const job = finished(services, input.id)
      const path = input.path ?? (await dialogs(desk).pickVideo(library.folder()))
      if (path === null) return null
      await library.locate(job, path)
      return services.history.lists.row(job.id)
    }),
    rebuild: os.rebuild.handler(async () => {
      const counts = await library.rebuild()
      // What came back wants its poster now, not at the next start.
      derivatives.start()
      return counts
    }),
    dragOut: os.dragOut.handler(async ({ input }) => {
      if (!desk.dragOut) throw new StudioError('unavailable', 'desk.unavailable')
      const videos = await Promise.all(input.ids.map((id) => videoOf(services, id)))
      const [first] = videos
      desk.dragOut(
        videos.map((video) => video.path),
        first ? derivatives.path(first.job.id, 'poster') : null,
      )
      return done
    }),
  }
}

/** Where a finished job's video lies. */
async function videoOf(services: Services, id: string): Promise<{ job: JobRecord; path: string }> {
  const job = finished(services, id)
  const path = await services.library.seek(job)
  if (path === null) throw new StudioError('not_found', 'video.missing')
  return { job, path }
}

function finished({ history }: Services, id: string): JobRecord {
  const job = history.jobs.get(id)
  if (!job || job.removedAt !== null) throw new StudioError('not_found', 'job.notFound')
  if (job.state !== 'completed') throw new StudioError('conflict', 'video.notYet')
  return job
}

/** The system's dialogs; without them the caller has to name the path itself. */
function dialogs(desk: Desk): NonNullable<Desk['dialogs']> {
  if (desk.dialogs) return desk.dialogs
  throw new StudioError('invalid_request', 'request.invalid', { issues: [issue(['path'], 'field.required')] })
}
