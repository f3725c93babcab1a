import type { Clock } from '../../../src/main/ports'

/** Every operation the simulators answer, by its AWS name. */
export type Operation =
  | 'StartAsyncInvoke'
  | 'GetAsyncInvoke'
  | 'ListAsyncInvokes'
  | 'ListFoundationModels'
  | 'GetFoundationModel'
  | 'GetFoundationModelAvailability'
  | 'Converse'
  | 'ConverseStream'
  | 'InvokeModel'
  | 'InvokeModelWithResponseStream'
  | 'CountTokens'
  | 'ListInferenceProfiles'
  | 'GetUseCaseForModelAccess'
  | 'HeadBucket'
  | 'GetBucketLocation'
  | 'ListObjectsV2'
  | 'HeadObject'
  | 'GetObject'
  | 'PutObject'
  | 'DeleteObject'
  | 'GetCallerIdentity'

/** What goes wrong with one request. */
export type Fault =
  /** The request waits so long (milliseconds) before anything is done with it, then goes its way. */
  | { kind: 'latency'; ms: number }
  /** 429 ThrottlingException from Bedrock, 503 SlowDown from S3, 400 Throttling from STS. */
  | { kind: 'throttle'; retryAfter?: number }
  /** The service fails with this status, in its own shape of an error. */
  | { kind: 'error'; status: number; code?: string; message?: string }
  /** A proxy answers with a web page. 502 when no status is given. */
  | { kind: 'html'; status?: number }
  /** The connection breaks before the request has been taken. */
  | { kind: 'drop' }
  /** The request is done as asked, then the connection breaks without an answer. */
  | { kind: 'drop_after' }
  /** The request is done as asked; half of the announced body comes, then the connection breaks. */
  | { kind: 'half' }
  /** The body breaks off after so many bytes. */
  | { kind: 'truncated'; after: number }
  /** As many bytes as announced, the one in the middle wrong; checksum headers stay as they are. */
  | { kind: 'flipped' }
  /** The right bytes under checksum headers that do not fit them. */
  | { kind: 'wrong_checksum' }
  /** The body comes in pieces of `chunk` bytes, one every `everyMs`. */
  | { kind: 'slow'; chunk: number; everyMs: number }
  /** The credential counts as expired for this request. */
  | { kind: 'expired' }
  /** Somebody replaces the object just before this request: same bytes, another ETag. */
  | { kind: 'etag_change' }

/** What is done to an answer while it is sent. */
export type Damage = Extract<
  Fault,
  { kind: 'drop_after' | 'half' | 'truncated' | 'flipped' | 'wrong_checksum' | 'slow' }
>

export interface Hold {
  /** Resolves when a request stands here. */
  reached: Promise<void>
  /** Lets it go on. */
  release(): void
}

interface Entry {
  operation: Operation
  fault: Fault
  left: number
}

/** The script of what goes wrong: one list an operation, used up from its head, one fault a request. */
export class Faults {
  readonly #clock: Clock
  #entries: Entry[] = []
  #holds: { operation: Operation; when: 'before' | 'after'; reached: () => void; released: Promise<void> }[] =
    []
  #always = new Map<Operation, Fault>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The next `times` requests for this operation go wrong, after those already in the script. */
  add(operation: Operation, fault: Fault, times = 1): void {
    if (times > 0) this.#entries.push({ operation, fault, left: times })
  }

  /** Every request for this operation goes wrong while the script has nothing else for it; null ends that. */
  always(operation: Operation, fault: Fault | null): void {
    if (fault) this.#always.set(operation, fault)
    else this.#always.delete(operation)
  }

  /** The next request for this operation waits: before it is done, or after it is done and before the answer. */
  hold(operation: Operation, when: 'before' | 'after' = 'before'): Hold {
    const reached = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    this.#holds.push({ operation, when, reached: reached.resolve, released: released.promise })
    return { reached: reached.promise, release: released.resolve }
  }

  /** Forgets the script. Requests that are being held stay held. */
  clear(): void {
    this.#entries = []
    this.#always.clear()
    this.#holds = []
  }

  /** Uses up the next fault of an operation; a latency is waited out here. */
  async take(operation: Operation): Promise<Exclude<Fault, { kind: 'latency' }> | null> {
    const entry = this.#entries.find((one) => one.operation === operation)
    if (entry) {
      entry.left -= 1
      if (entry.left <= 0) this.#entries = this.#entries.filter((one) => one !== entry)
    }
    const fault = entry?.fault ?? this.#always.get(operation) ?? null
    if (fault?.kind !== 'latency') return fault
    await this.wait(fault.ms)
    return null
  }

  /** Waits where a hold has been set for this operation. */
  async held(operation: Operation, when: 'before' | 'after'): Promise<void> {
    const index = this.#holds.findIndex((hold) => hold.operation === operation && hold.when === when)
    const hold = index < 0 ? undefined : this.#holds.splice(index, 1)[0]
    hold?.reached()
    await hold?.released
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(ms, resolve))
  }
}
