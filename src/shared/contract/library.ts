import { z } from 'zod'
import { base, Done, Id } from './common'
import { JobRow } from './job'

export const LibraryStatus = z.object({
  path: z.string(),
  state: z.enum(['ready', 'missing', 'not_writable', 'full']),
  freeBytes: z.int().nullable(),
  videos: z.int(),
  bytes: z.int(),
})
export type LibraryStatus = z.infer<typeof LibraryStatus>

export const library = {
  status: base
    .route({ method: 'GET', path: '/library', summary: 'The folder of videos: path, state, space' })
    .output(LibraryStatus),
  /** Without `path` the desktop shell asks with the system's dialog; null when the person closed it. */
  setFolder: base
    .route({ method: 'POST', path: '/library/folder', summary: 'Choose the folder of videos' })
    .input(z.strictObject({ path: z.string().min(1).max(4096).optional() }))
    .output(LibraryStatus.nullable()),
  reveal: base
    .route({
      method: 'POST',
      path: '/jobs/{id}/reveal',
      summary: 'Show the video in its folder; needs a desktop',
    })
    .input(z.strictObject({ id: Id }))
    .output(Done),
  open: base
    .route({
      method: 'POST',
      path: '/jobs/{id}/open',
      summary: 'Open the video in the system’s player; needs a desktop',
    })
    .input(z.strictObject({ id: Id }))
    .output(Done),
  /** Copies the video elsewhere; without `path` the desktop shell asks. Null when the person closed the dialog. */
  export: base
    .route({ method: 'POST', path: '/jobs/{id}/export', summary: 'Copy the video to a path' })
    .input(z.strictObject({ id: Id, path: z.string().min(1).max(4096).optional() }))
    .output(z.object({ path: z.string() }).nullable()),
  /** Says where a moved video lies now; refused unless its checksum agrees. Without `path` the desktop shell asks. */
  locate: base
    .route({ method: 'POST', path: '/jobs/{id}/locate', summary: 'Say where a moved video lies now' })
    .input(z.strictObject({ id: Id, path: z.string().min(1).max(4096).optional() }))
    .output(JobRow.nullable()),
  /** Reads the sidecars of the library folder back into the history. */
  rebuild: base
    .route({
      method: 'POST',
      path: '/library/rebuild',
      summary: 'Read the history back from the files beside the videos',
    })
    .output(z.object({ found: z.int(), added: z.int(), unreadable: z.int() })),
  /** Begins a drag of the video files to another program; only where `capabilities.dragOut`. */
  dragOut: base
    .route({
      method: 'POST',
      path: '/library/drag-out',
      summary: 'Begin a drag of video files; desktop only',
    })
    .input(z.strictObject({ ids: z.array(Id).min(1).max(100) }))
    .output(Done),
}
