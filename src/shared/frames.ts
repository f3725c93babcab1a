/** How many frames a video of `durationMs` at `fps` has. */
export function frameCount(of: { durationMs: number; fps: number }): number {
  return Math.max(1, Math.round((of.durationMs * of.fps) / 1000))
}
