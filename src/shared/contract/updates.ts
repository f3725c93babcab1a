import { z } from 'zod'
import { base } from './common'

/** A release newer than the program that runs; `notes` is plain text, empty where there are none. */
export const Release = z.object({ version: z.string(), notes: z.string() })
export type Release = z.infer<typeof Release>

/** What went wrong, by its name in the catalogue, `problem.<key>`. */
const Trouble = z.object({
  key: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** Where updating stands. Nothing is fetched and nothing installed that the person did not ask for. */
export const UpdateState = z.discriminatedUnion('phase', [
  /** Dailies does not update itself: run from its sources, installed by the system, or built without a place to ask. */
  z.object({ phase: z.literal('off'), why: z.enum(['browser', 'source', 'system', 'unpublished']) }),
  /** Nothing newer is known. `checkedAt` in milliseconds since 1970; `skipped` is the version that was passed over. */
  z.object({
    phase: z.literal('resting'),
    checkedAt: z.int().nullable(),
    skipped: z.string().nullable(),
  }),
  z.object({ phase: z.literal('checking') }),
  /** There is a newer one. `later`: the person does not want to hear of it in this run. */
  z.object({ phase: z.literal('found'), release: Release, later: z.boolean() }),
  z.object({ phase: z.literal('downloading'), release: Release, percent: z.number().min(0).max(100) }),
  /** On the disk and checked; put in when Dailies is closed. */
  z.object({ phase: z.literal('ready'), release: Release, later: z.boolean() }),
  /** The person asked for a restart; it comes when `jobs` no longer send or fetch anything. */
  z.object({ phase: z.literal('waiting'), release: Release, jobs: z.int() }),
  z.object({ phase: z.literal('leaving'), release: Release }),
  /** `release` is what could not be fetched or put in; null where the question itself failed. */
  z.object({ phase: z.literal('failed'), trouble: Trouble, release: Release.nullable() }),
])
export type UpdateState = z.infer<typeof UpdateState>
export type UpdateTrouble = z.infer<typeof Trouble>

/** Each answers where updating stands after it; what does not fit the moment changes nothing. */
export const updates = {
  state: base.output(UpdateState),
  /** Asks for a newer release now, the one that was skipped too. */
  check: base.output(UpdateState),
  download: base.output(UpdateState),
  /** Passes over this version for good; the next one is told again. */
  skip: base.output(UpdateState),
  /** Says no more of it in this run. */
  later: base.output(UpdateState),
  /** Closes Dailies, puts the update in and opens it again, as soon as nothing is being sent or fetched. */
  restart: base.output(UpdateState),
  /** Takes the wish for a restart back. */
  stay: base.output(UpdateState),
}
