import { z } from 'zod'
import { base, Done, Id } from './common'
import { JobRow } from './jobs'

export const LibraryStatus = z.object({
  path: z.string(),
  state: z.enum(['ready', 'missing', 'not_writable', 'full']),
  freeBytes: z.int().nullable(),
  videos: z.int(),
  bytes: z.int(),
})
export type LibraryStatus = z.infer<typeof LibraryStatus>

export const library = {
  status: base.route({ method: 'GET', path: '/library' }).output(LibraryStatus),
  /** Without `path` the desktop shell asks with the system's dialog; null when the person closed it. */
  setFolder: base
    .route({ method: 'POST', path: '/library/folder' })
    .input(z.strictObject({ path: z.string().min(1).max(4096).optional() }))
    .output(LibraryStatus.nullable()),
  reveal: base
    .route({ method: 'POST', path: '/jobs/{id}/reveal' })
    .input(z.strictObject({ id: Id }))
    .output(Done),
  open: base
    .route({ method: 'POST', path: '/jobs/{id}/open' })
    .input(z.strictObject({ id: Id }))
    .output(Done),
  /** Copies the video elsewhere; without `path` the desktop shell asks. Null when the person closed the dialog. */
  export: base
    .route({ method: 'POST', path: '/jobs/{id}/export' })
    .input(z.strictObject({ id: Id, path: z.string().min(1).max(4096).optional() }))
    .output(z.object({ path: z.string() }).nullable()),
  /** Says where a moved video lies now; refused unless its checksum agrees. Without `path` the desktop shell asks. */
  locate: base
    .route({ method: 'POST', path: '/jobs/{id}/locate' })
    .input(z.strictObject({ id: Id, path: z.string().min(1).max(4096).optional() }))
    .output(JobRow.nullable()),
  /** Reads the sidecars of the library folder back into the history. */
  rebuild: base
    .route({ method: 'POST', path: '/library/rebuild' })
    .output(z.object({ found: z.int(), added: z.int(), unreadable: z.int() })),
  /** Begins a drag of the video files to another program; only where `capabilities.dragOut`. */
  dragOut: base
    .route({ method: 'POST', path: '/library/drag-out' })
    .input(z.strictObject({ ids: z.array(Id).min(1).max(100) }))
    .output(Done),
}
