/** Work on one thing at a time, in the order in which it was asked for. */
export interface Turns {
  /** Runs `work` when all that was asked for of `id` before has ended, well or not. */
  take<T>(id: string, work: () => Promise<T>): Promise<T>
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    take(id, work) {
      const before = last.get(id)
      const mine = before ? before.then(work, work) : work()
      last.set(id, mine)
      const end = () => {
        if (last.get(id) === mine) last.delete(id)
      }
      mine.then(end, end)
      return mine
    },
  }
}
