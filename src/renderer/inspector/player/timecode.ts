/** A position in a video from seconds, to the tenth, never rounded up past what is shown: `0:02.1`, `1:02:03.0`. */
export function timecode(seconds: number): string {
  // A hair is added, so that 2.3 s, stored as 2.2999…, does not read 2.2.
  const tenths = Math.max(0, Math.floor(seconds * 10 + 1e-6))
  const whole = Math.floor(tenths / 10)
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / 60)
  const rest = `${two(whole % 60)}.${tenths % 10}`
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`
}

/** The number of the frame that is shown at a time, the first being 0. */
export function frameAt(seconds: number, fps: number): number {
  return Math.max(0, Math.floor(seconds * fps + 1e-3))
}

/**
 * The time to seek to for the frame `by` frames away: the middle of that frame, where no rounding of the player
 * can land on its neighbour. Stays between the first and the last frame.
 */
export function stepped(seconds: number, fps: number, by: number, duration: number): number {
  const last = Math.max(0, Math.round(duration * fps) - 1)
  const frame = Math.min(last, Math.max(0, frameAt(seconds, fps) + by))
  return (frame + 0.5) / fps
}

/** Speeds a video can be watched at. */
export const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2] as const

/** The next faster or slower speed; stays at the ends. */
export function nextSpeed(speed: number, by: 1 | -1): number {
  const at = speeds.findIndex((own) => own >= speed)
  const place = Math.min(speeds.length - 1, Math.max(0, (at < 0 ? speeds.length - 1 : at) + by))
  return speeds[place] ?? 1
}
