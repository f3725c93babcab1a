import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { monthName, roughSum, sum } from '../format'
import { roundTop, type Column, type Series } from './columns'
import styles from './Chart.module.css'

interface ChartProps {
  series: readonly Series[]
  columns: readonly Column[]
  currency: string
  /** The name of a series. */
  name: (series: Series) => string
}

const height = 176
const top = 10
const foot = 24
/** Room for the figures of the axis, on the left: the least, the most pixels of a character, the space to the plot. */
const mark = { least: 64, character: 7, space: 10 }
const widest = 44
/** The most pixels that the name of a month takes. */
const monthRoom = 64
/** Pixels between two kinds that lie on each other. */
const seam = 1

/** The width of an element, followed. */
function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const watch = new ResizeObserver(() => setWidth(element.clientWidth))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  return [box, width]
}

/** What was spent by month, stacked by kind. The table below it has the same figures for those who do not see it. */
export function Chart({ series, columns, currency, name }: ChartProps) {
  const { t } = useTranslation()
  const [box, width] = useWidth()
  const [pointed, setPointed] = useState<string | null>(null)
  const shown = columns.find(({ month }) => month === pointed) ?? columns.at(-1)
  const amount = (micros: number) => sum({ micros, currency })
  const highest = roundTop(Math.max(...columns.map(({ total }) => total)))
  const unknown = columns.some((column) => column.unknown > 0)
  const marks = [0, 0.5, 1].map((share) => ({
    share,
    words: roughSum({ micros: highest * share, currency }, highest),
  }))
  const longest = Math.max(...marks.map(({ words }) => words.length))
  const gutter = Math.max(mark.least, longest * mark.character + mark.space)
  const room = Math.max(0, width - gutter)
  const pitch = room / Math.max(1, columns.length)
  const bar = Math.min(widest, pitch * 0.62)
  const plot = height - top - foot
  // Words of the months must not run into each other, nor the last one into the edge.
  const each = Math.max(1, Math.ceil((monthRoom * 1.3) / Math.max(1, pitch)))

  return (
    <div className={styles.chart}>
      <Readout column={shown} series={series} unknown={unknown} name={name} amount={amount} />
      <div ref={box} className={styles.box} onPointerLeave={() => setPointed(null)}>
        {width === 0 ? null : (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={t('usage.chart.label', {
              from: monthName(columns[0]?.month ?? ''),
              to: monthName(columns.at(-1)?.month ?? ''),
            })}
          >
            {marks.map(({ share, words }) => {
              const y = Math.round(top + plot * (1 - share)) + 0.5
              return (
                <g key={share}>
                  <line className={styles.line} x1={gutter} x2={width} y1={y} y2={y} />
                  <text className={styles.mark} x={gutter - mark.space} y={y + 4} textAnchor="end">
                    {words}
                  </text>
                </g>
              )
            })}
            {columns.map((column, place) => {
              const x = gutter + pitch * place + (pitch - bar) / 2
              return (
                <g key={column.month} onPointerEnter={() => setPointed(column.month)}>
                  <rect
                    className={styles.hit}
                    data-on={column.month === pointed ? '' : undefined}
                    x={gutter + pitch * place}
                    y={0}
                    width={pitch}
                    height={height - foot + 4}
                    rx={6}
                  />
                  <Stack column={column} x={x} width={bar} scale={plot / highest} />
                  {(columns.length - 1 - place) % each === 0 ? (
                    <Month name={monthName(column.month, 'short')} middle={x + bar / 2} end={width} />
                  ) : null}
                </g>
              )
            })}
          </svg>
        )}
      </div>
    </div>
  )
}

/** A month under its column; at the edge it ends there. */
function Month({ name, middle, end }: { name: string; middle: number; end: number }) {
  const outside = middle + monthRoom / 2 > end
  return (
    <text
      className={styles.mark}
      x={outside ? end : middle}
      y={height - 6}
      textAnchor={outside ? 'end' : 'middle'}
    >
      {name}
    </text>
  )
}

function Stack({ column, x, width, scale }: { column: Column; x: number; width: number; scale: number }) {
  const floor = height - foot
  const pieces = column.parts.map((micros, kind) => ({ micros, kind: String(kind) }))
  if (column.unknown > 0) pieces.push({ micros: column.unknown, kind: 'unknown' })
  let below = 0
  return pieces.map(({ micros, kind }) => {
    const tall = micros * scale
    const y = floor - below - tall
    below += tall
    if (micros === 0) return null
    // A sliver is still seen: what was spent is never drawn as nothing.
    const drawn = Math.max(1.5, tall - seam)
    return (
      <rect
        key={kind}
        className={styles.piece}
        data-kind={kind}
        x={x}
        y={y + tall - drawn}
        width={width}
        height={drawn}
        rx={2}
      />
    )
  })
}

interface ReadoutProps {
  column: Column | undefined
  series: readonly Series[]
  unknown: boolean
  name: (series: Series) => string
  amount: (micros: number) => string
}

/** The legend, with the figures of the month that is pointed at. */
function Readout({ column, series, unknown, name, amount }: ReadoutProps) {
  const { t } = useTranslation()
  if (!column) return null
  return (
    <div className={styles.readout}>
      <span className={styles.month}>{monthName(column.month)}</span>
      {series.map((one, kind) => (
        <span key={one.id ?? ''} className={styles.key}>
          <i data-kind={kind} />
          {name(one)}
          <b>{amount(column.parts[kind] ?? 0)}</b>
        </span>
      ))}
      {unknown ? (
        <span className={styles.key}>
          <i data-kind="unknown" />
          {t('usage.unknown')}
          <b>{amount(column.unknown)}</b>
        </span>
      ) : null}
    </div>
  )
}
