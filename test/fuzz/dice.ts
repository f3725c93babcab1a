/** Chance that repeats: the same seed throws the same (mulberry32). */
export interface Dice {
  /** From 0 up to but not including 1. */
  roll(): number
  /** Whether something of this probability happens. */
  chance(probability: number): boolean
  /** A whole number, both ends included. */
  whole(min: number, max: number): number
  pick<T>(of: readonly [T, ...T[]] | readonly T[]): T
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (min: number, max: number) => min + Math.floor(roll() * (max - min + 1))
  return {
    roll,
    chance: (probability) => roll() < probability,
    whole,
    pick<T>(of: readonly T[]): T {
      if (of.length === 0) throw new Error('There is nothing to pick from.')
      return of[whole(0, of.length - 1)] as T
    },
  }
}

/** The seed of this run: `DAILIES_FUZZ_SEED`, or the one that every run of the suite has. */
export function seedOfRun(): number {
  return Number(process.env['DAILIES_FUZZ_SEED'] ?? 20_261_129)
}
