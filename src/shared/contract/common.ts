import { oc } from '@orpc/contract'
import { z } from 'zod'
import { problemStatus, type ProblemCode } from '../problems'

/** A UUID v7 of a job, an asset or a batch. */
export const Id = z.uuid()

/** An amount in millionths of its currency's unit: `{micros: 7_500_000, currency: 'USD'}` is 7.50 USD. */
export const Money = z.object({ micros: z.int(), currency: z.string().min(1).max(12) })
export type Money = z.infer<typeof Money>

/** What a model costs, with the day and the place it was read. */
export const Price = z.object({
  /** `unknown`: the service names no price; `micros` is 0 and means nothing. */
  unit: z.enum(['free', 'second', 'video', 'unknown']),
  micros: z.int(),
  currency: z.string(),
  date: z.string(),
  source: z.string(),
  /**
   * Prices that hang on a parameter, dearest last: `{when: {resolution: '720p'}, micros}`. `micros` is the least. What
   * no tier speaks of has no known price.
   */
  tiers: z
    .array(
      z.object({
        when: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
        micros: z.int(),
      }),
    )
    .optional(),
})
export type Price = z.infer<typeof Price>

const IssueShape = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  key: z.string(),
  message: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

/** What travels with every error: the name of its sentence, the values in it, and what is wrong field by field. */
export const ProblemData = z.object({
  key: z.string(),
  hint: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  issues: z.array(IssueShape).optional(),
})
export type ProblemData = z.infer<typeof ProblemData>

const errorMap = Object.fromEntries(
  Object.entries(problemStatus).map(([code, status]) => [code, { status, data: ProblemData }]),
) as { [C in ProblemCode]: { status: (typeof problemStatus)[C]; data: typeof ProblemData } }

/** Where every procedure of the contract starts: the closed error codes. */
export const base = oc.errors(errorMap)

/** Nothing to say beyond "done". */
export const Done = z.object({ ok: z.literal(true) })
