import { homedir, networkInterfaces } from 'node:os'
import { environmentProxy } from '../network'
import type { Clock, Surroundings } from '../ports'

/** How often it is looked whether the computer slept or the network changed. */
const lookMs = 15_000
/** A look that comes this much too late was slept through; as much too early, and the clock was set back. */
const sleptMs = 30_000

/** The addresses other computers could reach this one at, as one text. */
function networkNow(): string {
  const outside = Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).filter((address) => !address.internal).map((address) => address.address),
  )
  return outside.toSorted().join(' ')
}

/**
 * Calls back when the clock jumped (the computer slept, the time was set) or the network came back or changed, found by
 * looking now and then: works without any help of the system. The answer stops it.
 */
export function watchWaking(
  clock: Clock,
  listener: () => void,
  network: () => string = networkNow,
): () => void {
  let known = network()
  let cancel = () => {}
  const look = (due: number) => {
    const now = clock.now()
    const current = network()
    const changed = current !== known && current !== ''
    known = current
    if (changed || Math.abs(now - due) > sleptMs) listener()
    wait()
  }
  const wait = () => {
    const due = clock.now() + lookMs
    cancel = clock.after(lookMs, () => look(due))
  }
  wait()
  return () => cancel()
}

/** What lies around a program that has no desktop to ask. */
export function systemSurroundings(clock: Clock): Surroundings {
  return {
    home: homedir(),
    env: process.env,
    systemProxy: environmentProxy,
    onWake: (listener) => watchWaking(clock, listener),
  }
}
