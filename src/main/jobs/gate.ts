/** Lets at most `limit` calls run at once; the others wait in order, and leave the line when their signal aborts. */
export function createGate(limit: number) {
  let running = 0
  const line: (() => void)[] = []

  async function enter(signal: AbortSignal): Promise<void> {
    if (running < limit) {
      running += 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        line.splice(line.indexOf(go), 1)
        reject(signal.reason as Error)
      }
      const go = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      line.push(go)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** Runs `work` when there is room. Rejects with the signal's reason when it aborts before. */
  return async function through<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted()
    await enter(signal)
    try {
      return await work()
    } finally {
      // The place passes on directly, so that nobody slips in between.
      const next = line.shift()
      if (next) next()
      else running -= 1
    }
  }
}

export type Gate = ReturnType<typeof createGate>
