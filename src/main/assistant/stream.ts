/** Events that come while somebody reads them. */
export interface Stream<T> {
  next(): Promise<IteratorResult<T, undefined>>
  /** The reader leaves: whatever makes the events is told to stop. */
  stop(): void
}

/**
 * Runs `work` at once and hands on what it pushes. A reader that is slower than the work costs no more than one waiting
 * event of a kind that can be joined. An error of `work` reaches the reader after what came before it.
 */
export function streamOf<T>(
  work: (push: (event: T) => void, signal: AbortSignal) => Promise<void>,
  join: (before: T, next: T) => T | null,
  outer: AbortSignal | undefined,
  /** Called when the work has come to its end, however. */
  done: () => void,
): Stream<T> {
  const waiting: T[] = []
  const control = new AbortController()
  let ended = false
  let failure: { error: unknown } | null = null
  let wake: (() => void) | null = null
  const awaken = () => {
    wake?.()
    wake = null
  }
  const stop = () => control.abort()
  const push = (event: T) => {
    const last = waiting.at(-1)
    const joined = last === undefined ? null : join(last, event)
    if (joined === null) waiting.push(event)
    else waiting[waiting.length - 1] = joined
    awaken()
  }
  if (outer?.aborted === true) stop()
  outer?.addEventListener('abort', stop)
  void work(push, control.signal)
    .catch((error: unknown) => {
      failure = { error }
    })
    .finally(() => {
      ended = true
      outer?.removeEventListener('abort', stop)
      done()
      awaken()
    })

  return {
    stop,
    async next() {
      for (;;) {
        const event = waiting.shift()
        if (event !== undefined) return { done: false, value: event }
        if (failure !== null) {
          const { error } = failure
          failure = null
          throw error
        }
        if (ended) return { done: true, value: undefined }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
