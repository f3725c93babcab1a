/** A video as far as its timing goes. */
export interface Timing {
  seconds: number
  fps: number
}

/** Drifts up to this share of a frame are left alone: nobody sees them, and each correction costs a little. */
const slack = 0.2
/** What is off by more than this many seconds jumps; less is caught up by a slightly other speed. */
const jumpFrom = 0.3
/** How much of a drift is made good in a second, and the most by which the speed may differ. */
const gain = 5
const mostOff = 0.25

/** The time base of several videos: the length of the longest, in seconds. */
export function longest(timings: readonly Timing[]): number {
  return Math.max(0, ...timings.map(({ seconds }) => seconds))
}

/** How many frames a second a step counts: the most of any, so that no frame of any is stepped over. */
export function stepRate(timings: readonly Pick<Timing, 'fps'>[]): number {
  return Math.max(1, ...timings.map(({ fps }) => fps))
}

/** The middle of a video's last frame, where no rounding of a player leads past its end. Seconds. */
export function lastFrame({ seconds, fps }: Timing): number {
  return Math.max(0, (Math.max(1, Math.round(seconds * fps)) - 0.5) / fps)
}

/** Where a video has to be when the time base is at `time`: there, or at its last frame when it is shorter. */
export function placeAt(timing: Timing, time: number): number {
  return Math.min(Math.max(0, time), lastFrame(timing))
}

/** Whether a video has come to its end at `time` and holds its last frame. */
export function isOver(timing: Timing, time: number): boolean {
  return time > lastFrame(timing) + 0.5 / timing.fps - 1e-3
}

/** Whether it holds that frame while another one still plays: shorter than the longest by more than a frame. */
export function holdsAt(timing: Timing, time: number, all: number): boolean {
  return isOver(timing, time) && timing.seconds < all - 1 / timing.fps
}

export type Correction = { kind: 'keep' } | { kind: 'rate'; factor: number } | { kind: 'jump' }

/** What brings a video back to the others that is `drift` seconds ahead of them (behind, where negative). */
export function correctionOf(drift: number, fps: number): Correction {
  if (Math.abs(drift) > jumpFrom) return { kind: 'jump' }
  if (Math.abs(drift) <= slack / fps) return { kind: 'keep' }
  return { kind: 'rate', factor: 1 - Math.max(-mostOff, Math.min(mostOff, drift * gain)) }
}
