import { ORPCError } from '@orpc/client'
import { ValidationError } from '@orpc/contract'
import type { ProblemData } from '@shared/contract'
import { problemStatus, StudioError, type ProblemCode } from '@shared/problems'
import type { z } from 'zod'
import { toIssues } from '../issues'

/** How an error leaves the studio: one of the contract's closed codes, with the data the page translates by. */
export type Problem = ORPCError<ProblemCode, ProblemData>

/**
 * Gives any error its place in the contract. What nobody foresaw becomes `internal` and says nothing of itself;
 * `onInternal` is told the whole story.
 */
export function toProblem(error: unknown, onInternal: (error: unknown) => void): Problem {
  if (error instanceof StudioError) return fromStudio(error)
  if (isProblem(error)) return error
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    return fromStudio(refusal(error.cause))
  }
  onInternal(error)
  return fromStudio(new StudioError('internal', 'internal', { cause: error }))
}

/** The body of an error in the local API: `{code, message, hint?, issues?}`. */
export function problemBody(error: { code: string; message: string; data?: unknown }): {
  code: string
  message: string
  hint?: string
  issues?: ProblemData['issues']
} {
  const { key, hint, issues = [] } = (error.data ?? {}) as Partial<ProblemData>
  const [only, ...more] = issues
  // Where one thing alone is wrong, its own sentence says more than "some values".
  const single = only !== undefined && more.length === 0
  const general = key === 'request.invalid'
  return {
    code: error.code,
    message: single ? aloneIn(only, general ? only.message : error.message) : error.message,
    ...(hint === undefined || (single && general) ? {} : { hint }),
    ...(issues.length === 0 ? {} : { issues }),
  }
}

/** A sentence about “this” value names the value where no field stands beside it: `inputs[0].role: …`. */
function aloneIn({ path, key, values }: NonNullable<ProblemData['issues']>[number], message: string): string {
  if (!key.startsWith('field.') || values?.['name'] !== undefined) return message
  const name = path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at ? `.${step}` : step))
    .join('')
  return name === '' ? message : `${name}: ${message}`
}

/** The error of the contract that says what `error` says. */
export function fromStudio(error: StudioError): Problem {
  return new ORPCError<ProblemCode, ProblemData>(error.code, {
    defined: true,
    status: problemStatus[error.code],
    message: error.message,
    cause: error,
    data: {
      key: error.key,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(Object.keys(error.values).length === 0 ? {} : { values: error.values }),
      ...(error.issues.length === 0 ? {} : { issues: error.issues }),
    },
  })
}

function refusal(cause: unknown): StudioError {
  if (!(cause instanceof ValidationError)) {
    return new StudioError('invalid_request', 'request.malformed', { cause })
  }
  // Every schema of the contract is zod's, so its issues are zod's too.
  const issues = toIssues(cause.issues as readonly z.core.$ZodIssue[], cause.data)
  return new StudioError('invalid_request', 'request.invalid', { issues, cause })
}

function isProblem(error: unknown): error is Problem {
  return error instanceof ORPCError && error.code in problemStatus && error.data?.key !== undefined
}
