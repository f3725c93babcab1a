import type { FileFate, JobDetail, JobPreview, JobRequest, JobRow } from '@shared/contract'
import type { z } from 'zod'

type Request = z.output<typeof JobRequest>

/** The job engine as rpc sees it. Errors are StudioError. */
export interface Jobs {
  preview(request: Request): Promise<JobPreview>
  /** All are admitted or none. */
  create(requests: Request[]): Promise<{ jobs: JobRow[]; batchId: string | null }>
  get(id: string): JobDetail
  cancel(id: string): Promise<JobRow>
  retry(id: string, newSeed: boolean): Promise<JobRow>
  remove(ids: readonly string[], file: FileFate): Promise<void>
  restore(ids: readonly string[]): void
  favourite(ids: readonly string[], favourite: boolean): void
  /** Recovery, then work. */
  start(): Promise<void>
  /** Parks everything: no transition is left half done. */
  close(): Promise<void>
}
