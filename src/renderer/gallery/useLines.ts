import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import { list, rowWindow, useJobs, type JobOrder } from '../state/jobs'
import { useSelection } from '../state/selection'
import { overscanOf, rescroll, type Geometry } from './geometry'
import { scrolled } from './pace'

/** Room above the first line, for the ring of a chosen card. */
const top = 6

/** The virtual lines of the grid: which are drawn, how to scroll to a place, and how the list keeps its place. */
export function useLines(scroller: RefObject<HTMLDivElement | null>, geometry: Geometry, order: JobOrder) {
  const { columns, pitch } = geometry
  const epoch = useJobs((state) => state.epoch)
  const focused = useSelection((state) => state.focused)
  const focusedPlace = focused === null ? -1 : order.indexOf(focused)
  const focusedLine = focusedPlace < 0 ? null : Math.floor(focusedPlace / columns)

  // The line the keyboard is on stays drawn, or scrolling it away would take the focus with it.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const lines = defaultRangeExtractor(range)
      if (focusedLine === null || focusedLine >= range.count || lines.includes(focusedLine)) return lines
      return [...lines, focusedLine].sort((a, b) => a - b)
    },
    [focusedLine],
  )

  const virtualizer = useVirtualizer({
    count: Math.ceil(order.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => pitch,
    overscan: overscanOf(scroller.current?.clientHeight ?? 800, geometry),
    paddingStart: top,
    paddingEnd: 8,
    rangeExtractor,
    useFlushSync: false,
  })

  // Another size of cards: the same card stays the first on the screen.
  const before = useRef(geometry)
  useLayoutEffect(() => {
    const last = before.current
    before.current = geometry
    const element = scroller.current
    if (!element || last === geometry) return
    const offset = rescroll(Math.max(0, element.scrollTop - top), last, geometry)
    virtualizer.measure()
    if (element.scrollTop > top) virtualizer.scrollToOffset(offset + top)
  }, [geometry, scroller, virtualizer])

  // Another list begins at its top; coming back to the same one does not.
  const shown = useRef(epoch)
  useLayoutEffect(() => {
    if (shown.current === epoch) return
    shown.current = epoch
    scroller.current?.scrollTo({ top: 0 })
  }, [epoch, scroller])

  const first = (virtualizer.range?.startIndex ?? 0) * columns
  const last = ((virtualizer.range?.endIndex ?? 0) + 1) * columns - 1
  useEffect(() => {
    rowWindow.show(first, last)
  }, [first, last, order])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      const { scrollTop } = element
      list.setAtTop(scrollTop < pitch / 2)
      scrolled(scrollTop)
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [scroller, pitch])

  const scrollToPlace = useCallback(
    (place: number) => virtualizer.scrollToIndex(Math.floor(place / columns), { align: 'auto' }),
    [virtualizer, columns],
  )
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / pitch))
  return { virtualizer, scrollToPlace, page }
}
