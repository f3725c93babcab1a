import type { Clock, Random } from '../../src/main/ports'

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number
  #timers: { at: number; run: () => void }[] = []

  constructor(start = Date.UTC(2026, 10, 21, 9, 0, 0)) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.length
  }

  /** Moves on by `ms`, running what falls due in order. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const next = this.#timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#timers = this.#timers.filter((other) => other !== next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
    }
    this.#now = end
  }
}

/** A clock that runs `factor` times as fast as the real one: waits of a minute end in seconds. */
export function hurriedClock(factor = 30): Clock {
  const start = Date.now()
  const begun = performance.now()
  return {
    now: () => start + Math.round((performance.now() - begun) * factor),
    after(ms, run) {
      const timer = setTimeout(run, Math.max(0, ms) / factor)
      return () => clearTimeout(timer)
    },
  }
}

/** Random numbers that repeat from run to run, and ids in order. */
export function seededRandom(seed = 1): Random {
  let state = seed >>> 0
  const fraction = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
  let count = 0
  return {
    fraction,
    id(at) {
      count += 1
      const time = at.toString(16).padStart(12, '0')
      const tail = (count + seed * 1_000_000).toString(16).padStart(12, '0')
      return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`
    },
  }
}
