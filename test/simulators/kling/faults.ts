export const operations = ['submit', 'poll', 'find', 'list', 'costs', 'file'] as const
export type Operation = (typeof operations)[number]

/** What goes wrong with one answer. */
export type Fault =
  /** The connection breaks before the request is looked at. */
  | { kind: 'drop' }
  /** The work is done, its answer never sent. */
  | { kind: 'drop_after' }
  /** Half of the answer, then a broken connection. */
  | { kind: 'half' }
  /** A page of something on the way. */
  | { kind: 'html'; status: number }
  /** Kling's own refusal. */
  | { kind: 'refuse'; status: number; code: number | string; message?: string; retryAfter?: number }
  /** Any other answer. */
  | { kind: 'answer'; status: number; json: unknown }
  /** It comes this many milliseconds late. */
  | { kind: 'late'; ms: number }

/** Faults in the order in which they are to happen, for each operation. */
export class Faults {
  readonly #waiting = new Map<Operation, Fault[]>()

  add(operation: Operation, fault: Fault, times = 1): void {
    const all = this.#waiting.get(operation) ?? []
    for (let n = 0; n < times; n += 1) all.push(fault)
    this.#waiting.set(operation, all)
  }

  take(operation: Operation): Fault | null {
    return this.#waiting.get(operation)?.shift() ?? null
  }

  clear(): void {
    this.#waiting.clear()
  }
}
