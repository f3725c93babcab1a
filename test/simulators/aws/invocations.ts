import { randomInt } from 'node:crypto'
import type { Clock } from '../../../src/main/ports'
import type { StartRequest } from './requests'

export type InvocationStatus = 'InProgress' | 'Completed' | 'Failed'

/** One accepted job: an entry on the bill. */
export interface Invocation {
  invocationArn: string
  invocationId: string
  modelArn: string
  request: StartRequest
  status: InvocationStatus
  failureMessage: string | null
  /** Milliseconds since 1970. */
  submittedAt: number
  modifiedAt: number
  endedAt: number | null
  /** Where the video goes: the asked prefix with the invocation's id. */
  s3Uri: string
}

export interface InvocationsOptions {
  clock: Clock
  /** Wall time in milliseconds since 1970, for the times a job carries. */
  wall: () => number
  region: string
  account: string
  /** How long a job takes, in milliseconds; Infinity leaves its end to {@link Invocations.finish}. */
  jobMs: number
  /** Jobs that may run at the same time. */
  concurrency: number
  /** Writes the video of a job into the bucket. */
  deliver: (invocation: Invocation) => void | Promise<void>
  /** Called when a job has ended. */
  ended: () => void
}

export type Started =
  | { kind: 'accepted' | 'known'; invocation: Invocation }
  | { kind: 'conflict' }
  | { kind: 'full' }

/** How long a job lives that fails at once, as measured on the live service. */
const failMs = 1000
const idLetters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** The jobs Bedrock has accepted, in the order of their submission. */
export class Invocations {
  readonly all: Invocation[] = []
  readonly #options: InvocationsOptions
  readonly #byToken = new Map<string, Invocation>()
  readonly #byArn = new Map<string, Invocation>()
  readonly #timers = new Map<Invocation, () => void>()
  /** With which message a job will fail. */
  readonly #doomed = new Map<Invocation, string>()
  readonly #failures: string[] = []
  readonly #endings = new Map<Invocation, Promise<void>>()
  jobMs: number
  concurrency: number

  constructor(options: InvocationsOptions) {
    this.#options = options
    this.jobMs = options.jobMs
    this.concurrency = options.concurrency
  }

  /** The next job to be accepted fails with this message instead of giving a video. */
  failNext(message: string): void {
    this.#failures.push(message)
  }

  /**
   * Takes a checked request. A known token with the same request gives the job there is, with another request a
   * conflict; `failure` says with which message the job will fail.
   */
  start(request: StartRequest, failure: string | null): Started {
    const known = this.#byToken.get(request.clientRequestToken)
    if (known)
      return stable(known.request) === stable(request)
        ? { kind: 'known', invocation: known }
        : { kind: 'conflict' }
    if (this.running() >= this.concurrency) return { kind: 'full' }
    const { region, account } = this.#options
    const invocationId = Array.from({ length: 12 }, () => idLetters[randomInt(idLetters.length)]).join('')
    const now = this.#options.wall()
    const invocation: Invocation = {
      invocationArn: `arn:aws:bedrock:${region}:${account}:async-invoke/${invocationId}`,
      invocationId,
      modelArn: `arn:aws:bedrock:${region}::foundation-model/${request.modelId}`,
      request,
      status: 'InProgress',
      failureMessage: null,
      submittedAt: now,
      modifiedAt: now,
      endedAt: null,
      s3Uri: `${request.outputDataConfig.s3OutputDataConfig.s3Uri.replace(/\/+$/, '')}/${invocationId}`,
    }
    this.all.push(invocation)
    this.#byToken.set(request.clientRequestToken, invocation)
    this.#byArn.set(invocation.invocationArn, invocation)
    const message = failure ?? this.#failures.shift() ?? null
    const due = message === null ? this.jobMs : Math.min(failMs, this.jobMs)
    if (due !== Number.POSITIVE_INFINITY) {
      const cancel = this.#options.clock.after(due, () => void this.#end(invocation))
      this.#timers.set(invocation, cancel)
    }
    if (message !== null) this.#doomed.set(invocation, message)
    return { kind: 'accepted', invocation }
  }

  get(arn: string): Invocation | undefined {
    return this.#byArn.get(arn)
  }

  /** How many jobs are in progress. */
  running(): number {
    return this.all.filter((one) => one.status === 'InProgress').length
  }

  /** Ends jobs in progress now: all of them, or the one named. With a message they fail. */
  async finish(arn?: string, failure?: string): Promise<void> {
    for (const one of this.all.filter((one) => arn === undefined || one.invocationArn === arn))
      await this.#end(one, failure)
  }

  close(): void {
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
  }

  #end(invocation: Invocation, message?: string): Promise<void> {
    const ending = this.#endings.get(invocation) ?? this.#settle(invocation, message)
    this.#endings.set(invocation, ending)
    return ending
  }

  async #settle(invocation: Invocation, message?: string): Promise<void> {
    this.#timers.get(invocation)?.()
    this.#timers.delete(invocation)
    const failure = message ?? this.#doomed.get(invocation) ?? null
    if (failure === null) await this.#options.deliver(invocation)
    invocation.status = failure === null ? 'Completed' : 'Failed'
    invocation.failureMessage = failure
    invocation.modifiedAt = invocation.endedAt = this.#options.wall()
    this.#options.ended()
  }
}

/** A value as text that does not depend on the order of members. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
