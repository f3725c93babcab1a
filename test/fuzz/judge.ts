import { ORPCError } from '@orpc/client'
import { ProblemData } from '@shared/contract'
import { problemStatus } from '@shared/problems'

/** What is wrong with an error as the page gets it, or null: a closed code, its data, a sentence, nothing unforeseen. */
export function faultOfError(error: unknown): string | null {
  if (!(error instanceof ORPCError)) return `no error of the contract: ${brief(error)}`
  const data = ProblemData.safeParse(error.data)
  if (!error.defined || !data.success) return `an undefined error: ${error.code} ${error.message}`
  return faultOfProblem(error.code, error.message)
}

/** The same for an answer of the local API. */
export function faultOfAnswer(status: number, body: unknown): string | null {
  if (status < 400) return null
  const { code, message } = (body ?? {}) as { code?: unknown; message?: unknown }
  if (typeof code !== 'string' || typeof message !== 'string') return `${status} without a sentence`
  const expected: Record<string, number> = problemStatus
  if (expected[code] !== status) return `${status} with the code “${code}”`
  return faultOfProblem(code, message)
}

function faultOfProblem(code: string, message: string): string | null {
  if (!(code in problemStatus)) return `a code of nobody: ${code}`
  // A place in the contract, but the one for what nobody foresaw.
  if (code === 'internal') return 'an error that nobody foresaw'
  return message.trim() === '' ? `${code} without a sentence` : null
}

/** A value in one line, for the report of a fault. */
export function brief(value: unknown): string {
  if (value instanceof Error) return (value.stack ?? value.message).slice(0, 1500)
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 600)
  } catch (error) {
    return `(${String(error)})`
  }
}
