import type { PathPoint } from '../../state/composer'
import type { Point } from './drawing'

/** Points of a path of a five second video (KlingAI API documentation, `trajectories`). */
export const least = 2
export const most = 77

interface Size {
  width: number
  height: number
}

const distance = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y)

/** `count` points at equal distances along a line, its two ends among them. */
export function resample(points: readonly Point[], count: number): Point[] {
  const [start] = points
  const end = points.at(-1)
  if (!start || !end) return []
  const whole = points.slice(1).reduce((sum, point, at) => sum + distance(points[at] ?? point, point), 0)
  if (whole === 0) return [start]
  const out: Point[] = []
  let at = 0
  let passed = 0
  for (let place = 0; place < count - 1; place += 1) {
    const wanted = (whole * place) / (count - 1)
    let [a, b] = [points[at] ?? start, points[at + 1] ?? end]
    while (at < points.length - 2 && passed + distance(a, b) < wanted) {
      passed += distance(a, b)
      at += 1
      ;[a, b] = [points[at] ?? start, points[at + 1] ?? end]
    }
    const length = distance(a, b)
    const share = length === 0 ? 0 : Math.min(1, (wanted - passed) / length)
    out.push({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share })
  }
  return [...out, end]
}

/**
 * A path as it is sent: whole pixels from the lower left corner, none twice in a row; more points than Kling takes are
 * spread evenly over the same line. Fewer than {@link least} points are no path: an empty list.
 */
export function toTrajectory(path: readonly Point[], { width, height }: Size): PathPoint[] {
  const within = (value: number, end: number) => Math.min(end, Math.max(0, Math.round(value)))
  const points = (path.length > most ? resample(path, most) : path).map(({ x, y }) => ({
    x: within(x, width),
    y: within(height - y, height),
  }))
  const kept = points.filter(({ x, y }, at) => at === 0 || x !== points[at - 1]?.x || y !== points[at - 1]?.y)
  return kept.length < least ? [] : kept
}

/** The same path as it is drawn: from the upper left corner. */
export function fromTrajectory(points: readonly PathPoint[], { height }: Size): Point[] {
  return points.map(({ x, y }) => ({ x, y: height - y }))
}
