import { memo, useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { jobMenu, manyMenu } from '../actions'
import { useJobs, useRow, type JobOrder } from '../state/jobs'
import { useFocusAsked, useSelection } from '../state/selection'
import { useView } from '../state/view'
import { ContextMenu } from '../ui'
import { Follow, useShown } from './active'
import { Card } from './Card'
import { choose } from './choose'
import { gap, moved, type Geometry } from './geometry'
import styles from './Grid.module.css'
import { gridKey } from './gridMoves'
import { gridPointer, seqOf } from './gridPointer'
import { restOn } from './pointed'
import { useGeometry } from './useGeometry'
import { useLines } from './useLines'

interface LineProps {
  line: number
  order: JobOrder
  columns: number
  /** Pixels from the top of the list. */
  start: number
  /** Pixels from one line to the next. */
  height: number
  tabStop: number | undefined
  marks: boolean
  language: string
}

/** One line of cards. */
const Line = memo(function Line({ line, order, columns, start, height, tabStop, ...shown }: LineProps) {
  const seqs = order.slice(line * columns, (line + 1) * columns)
  return (
    <div
      role="row"
      aria-rowindex={line + 1}
      className={styles.line}
      style={{
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        height,
        transform: `translateY(${start}px)`,
      }}
    >
      {seqs.map((seq, column) => (
        <Card key={seq} seq={seq} column={column + 1} tabStop={seq === tabStop} {...shown} />
      ))}
    </div>
  )
})

function Lines({
  scroller,
  geometry,
  order,
}: {
  scroller: RefObject<HTMLDivElement | null>
  geometry: Geometry
  order: JobOrder
}) {
  const { t, i18n } = useTranslation()
  const { columns, pitch } = geometry
  const { virtualizer, scrollToPlace, page } = useLines(scroller, geometry, order)
  const selecting = useSelection((state) => state.selecting || state.chosen.size > 1)
  const focused = useSelection((state) => state.focused)
  const tabStop = focused !== null && order.has(focused) ? focused : order.at(0)
  const [menuFor, setMenuFor] = useState<number | null>(null)
  const menuRow = useRow(menuFor ?? -1)
  const many = useSelection((state) =>
    menuFor !== null && state.chosen.size > 1 && state.chosen.has(menuFor) ? state.chosen : null,
  )
  const entries = many ? manyMenu([...many]) : menuRow ? jobMenu(menuRow) : []
  const grid = useRef<HTMLDivElement>(null)
  const goTo = useRef<number | null>(null)
  useShown(order, scrollToPlace)

  const asked = useFocusAsked((state) => state.times)
  useEffect(() => {
    if (asked > 0) goTo.current = useSelection.getState().focused
  }, [asked])

  // The card exists only once its line is drawn.
  useEffect(() => {
    if (goTo.current === null) return
    const card = grid.current?.querySelector<HTMLElement>(`[data-seq="${goTo.current}"]`)
    if (!card) return
    goTo.current = null
    card.focus({ preventScroll: true })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const seq = seqOf(event.target)
    const key = gridKey(event)
    if (seq === null || !key) return
    event.preventDefault()
    if (key.kind === 'open') {
      choose(seq, 'one')
      useView.getState().setInspectorOpen(true)
      return
    }
    if (key.kind === 'toggle') {
      choose(seq, 'toggle')
      return
    }
    const place = moved(order.indexOf(seq), key.move, order.length, columns, page)
    const next = order.at(place)
    if (next === undefined) return
    goTo.current = next
    scrollToPlace(place)
    if (key.extend) choose(next, 'range')
    else if (key.only || useSelection.getState().selecting) useSelection.setState({ focused: next })
    else choose(next, 'one')
  }

  return (
    <ContextMenu entries={entries}>
      <div
        ref={grid}
        role="grid"
        className={styles.grid}
        aria-label={t('gallery.grid')}
        aria-multiselectable="true"
        aria-rowcount={Math.ceil(order.length / columns)}
        aria-colcount={columns}
        data-selecting={selecting ? '' : undefined}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const seq = seqOf(event.target)
          if (seq === null) return
          if (seq !== focused) useSelection.setState({ focused: seq })
          if (event.target.matches(':focus-visible')) restOn(seq)
        }}
        onBlur={(event) => {
          // What the pointer is on stays pointed at when the focus goes elsewhere.
          if (!event.target.matches(':hover')) restOn(null)
        }}
        onContextMenuCapture={(event) => {
          const seq = seqOf(event.target)
          setMenuFor(seq)
          if (seq !== null && !useSelection.getState().chosen.has(seq)) choose(seq, 'one')
        }}
        {...gridPointer}
      >
        <div role="presentation" className={styles.lines} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => (
            <Line
              key={item.key}
              line={item.index}
              order={order}
              columns={columns}
              start={item.start}
              height={pitch - gap}
              tabStop={tabStop}
              marks={selecting}
              language={i18n.language}
            />
          ))}
        </div>
        {focused === null ? null : <Follow seq={focused} />}
      </div>
    </ContextMenu>
  )
}

/** The cards of everything that matches, however many there are. */
export function Grid() {
  const scroller = useRef<HTMLDivElement>(null)
  const geometry = useGeometry(scroller)
  const order = useJobs((state) => state.order)
  return (
    <div ref={scroller} className={styles.scroller}>
      {geometry ? <Lines scroller={scroller} geometry={geometry} order={order} /> : null}
    </div>
  )
}
