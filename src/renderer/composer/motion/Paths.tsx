import { places, still, type Drawing, type Point } from './drawing'
import styles from './Motion.module.css'

interface PathsProps {
  frame: { width: number; height: number }
  drawing: Drawing
  chosen: number
  /** The path that is being drawn for the chosen area. */
  live: readonly Point[] | null
  /** Where the pointer or the keys are; a radius of 0 is a cross. */
  cursor: { at: Point; radius: number } | null
}

const line = (points: readonly Point[]) => points.map(({ x, y }) => `${x},${y}`).join(' ')

/** The head of the arrow at the end of a path. */
function headOf(points: readonly Point[], length: number): string | null {
  const end = points.at(-1)
  const from = points.findLast((point) => end && Math.hypot(point.x - end.x, point.y - end.y) > length / 2)
  if (!end || !from) return null
  const turn = Math.atan2(end.y - from.y, end.x - from.x)
  const corner = (by: number) => ({
    x: end.x - length * Math.cos(turn + by),
    y: end.y - length * Math.sin(turn + by),
  })
  return line([corner(0.5), end, corner(-0.5)])
}

/** The paths of all areas as arrows, and the cursor. */
export function Paths({ frame: { width, height }, drawing, chosen, live, cursor }: PathsProps) {
  const unit = Math.max(width, height) / 100
  return (
    <svg className={styles.paths} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {places.slice(0, still).map((place) => {
        const points = (place === chosen ? live : null) ?? drawing[place]?.path ?? []
        const [start] = points
        if (!start) return null
        const head = headOf(points, unit * 3)
        return (
          <g key={place} data-area={place + 1} data-chosen={place === chosen ? '' : undefined}>
            <polyline className={styles.under} points={line(points)} />
            {head === null ? null : <polyline className={styles.under} points={head} />}
            <polyline className={styles.over} points={line(points)} />
            {head === null ? null : <polyline className={styles.over} points={head} />}
            <circle className={styles.start} cx={start.x} cy={start.y} r={unit} />
          </g>
        )
      })}
      {cursor === null ? null : cursor.radius > 0 ? (
        <circle className={styles.cursor} cx={cursor.at.x} cy={cursor.at.y} r={cursor.radius} />
      ) : (
        <path
          className={styles.cursor}
          d={`M${cursor.at.x - unit * 2} ${cursor.at.y}h${unit * 4}M${cursor.at.x} ${cursor.at.y - unit * 2}v${unit * 4}`}
        />
      )}
    </svg>
  )
}
