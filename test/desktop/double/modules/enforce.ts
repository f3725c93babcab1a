import { runningChromium } from '../engine/runtime'
import type { Settings } from '../engine/settings'
import { record } from '../record'

let last: Promise<unknown> = Promise.resolve()

/** Has Chromium hold a setting, in the order in which the program asks; what it does not take is a fault. */
export function enforce(set: (settings: Settings) => Promise<void>): Promise<void> {
  const done = last.then(() => set(runningChromium().settings))
  last = done.catch((error: unknown) => record.faults.push(String(error)))
  return done
}

/** Settles when Chromium holds all that was asked for up to now. */
export async function enforced(): Promise<void> {
  await last
}
