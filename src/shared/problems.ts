import en from './messages/en.json' with { type: 'json' }

/** The closed set of codes of everything that can be refused or go wrong; each has one honest HTTP status. */
export const problemStatus = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media: 415,
  unavailable: 503,
  storage: 507,
  internal: 500,
} as const

export type ProblemCode = keyof typeof problemStatus

/** A stable name of one sentence of the message catalogue, `problem.<key>`. */
export type ProblemKey = keyof typeof en.problem

/** Values put into the sentence at `{{name}}`. */
export type ProblemValues = Record<string, string | number>

/** One thing wrong with one field of a request; `path` leads to the field. */
export interface Issue {
  path: (string | number)[]
  key: ProblemKey
  message: string
  values?: ProblemValues
}

export interface ProblemOptions {
  values?: ProblemValues
  issues?: Issue[]
  cause?: unknown
}

/** Puts values into `{{name}}` places of a sentence. */
export function fill(sentence: string, values: ProblemValues = {}): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  )
}

/** The English sentence (and hint) of a problem; the page says the same in its own language from `key`. */
export function sentence(key: ProblemKey, values?: ProblemValues): { message: string; hint?: string } {
  const entry: { message: string; hint?: string } = en.problem[key]
  return {
    message: fill(entry.message, values),
    ...(entry.hint === undefined ? {} : { hint: fill(entry.hint, values) }),
  }
}

/** Makes an {@link Issue} with its English sentence. */
export function issue(path: (string | number)[], key: ProblemKey, values?: ProblemValues): Issue {
  return { path, key, message: sentence(key, values).message, ...(values ? { values } : {}) }
}

/**
 * The one error of the studio: thrown by services, carried over RPC and the local API, said by the page.
 * `message` is an English sentence; the page translates by `key` and `values`.
 */
export class StudioError extends Error {
  override readonly name = 'StudioError'
  readonly hint: string | undefined
  readonly values: ProblemValues
  readonly issues: Issue[]

  constructor(
    readonly code: ProblemCode,
    readonly key: ProblemKey,
    options: ProblemOptions = {},
  ) {
    const said = sentence(key, options.values)
    super(said.message, options.cause === undefined ? {} : { cause: options.cause })
    this.hint = said.hint
    this.values = options.values ?? {}
    this.issues = options.issues ?? []
  }
}

/** Any error in one line for a terminal or a system dialog: what happened and, where it is known, what to do. */
export function inOneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error instanceof StudioError && error.hint !== undefined
    ? `${error.message} ${error.hint}`
    : error.message
}
