import { z } from 'zod'
import { base, Done, Id } from './common'

/** What a support bundle may hold beyond what is harmless; nothing of it unless it was ticked. */
export const DiagnosticsChoice = z.strictObject({
  /** Prompts, and other words of the person's. */
  prompts: z.boolean().default(false),
  /** What was sent to services and what they answered; without prompts unless these were ticked too. */
  records: z.boolean().default(false),
  /** Dumps of crashes, which hold a piece of the program's memory. */
  dumps: z.boolean().default(false),
})
export type DiagnosticsChoice = z.output<typeof DiagnosticsChoice>

/** A file of a support bundle, with its length before packing. */
export const SupportFile = z.object({ name: z.string(), bytes: z.int() })
export type SupportFile = z.infer<typeof SupportFile>

/** A support bundle as it was packed. */
export const SupportBundle = z.object({
  id: Id,
  /** What the file is to be called. */
  name: z.string(),
  files: z.array(SupportFile),
  /** Length of the archive. */
  bytes: z.int(),
})
export type SupportBundle = z.infer<typeof SupportBundle>

/** Something that went wrong in the page, for the log. */
const PageError = z.strictObject({
  message: z.string().max(1_000),
  stack: z.string().max(8_000),
})

export const diagnostics = {
  report: base
    .route({
      method: 'GET',
      path: '/diagnostics',
      summary: 'What this is and how it is, without prompts, labels or secrets',
    })
    .output(z.object({ text: z.string(), dumps: z.int() })),
  /** Packs a bundle and keeps it for a while: what is shown is what is written. */
  prepare: base.input(DiagnosticsChoice).output(SupportBundle),
  /** Asks where to with the system's dialog; null when the person closed it. */
  save: base.input(z.strictObject({ id: Id })).output(z.object({ path: z.string() }).nullable()),
  /** The archive itself, for a shell without dialogs. */
  download: base.input(z.strictObject({ id: Id })).output(z.file()),
  openLogs: base.output(Done),
  pageFailed: base.input(PageError).output(Done),
}
