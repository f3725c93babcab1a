import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useState, type RefObject } from 'react'
import { waitingWindow, type JobOrder } from '../state/jobs'

/** Height of a row, as `Queue.module.css` has it. */
export const rowHeight = 60
const overscan = 8

/**
 * Which rows of the queue are drawn. `kept` is drawn wherever the view is: a row that is dragged, or has the keyboard,
 * must not go with the rows around it.
 */
export function useWaitingRows(list: RefObject<HTMLElement | null>, order: JobOrder, kept: number | null) {
  const [margin, setMargin] = useState(0)
  const scroller = () => list.current?.closest<HTMLElement>('[data-scroller]') ?? null
  const keptPlace = kept === null ? -1 : order.indexOf(kept)
  const rangeExtractor = useCallback(
    (range: Range) => {
      const places = defaultRangeExtractor(range)
      if (keptPlace < 0 || keptPlace >= range.count || places.includes(keptPlace)) return places
      return [...places, keptPlace].sort((a, b) => a - b)
    },
    [keptPlace],
  )
  const virtualizer = useVirtualizer({
    count: order.length,
    getScrollElement: scroller,
    estimateSize: () => rowHeight,
    overscan,
    scrollMargin: margin,
    rangeExtractor,
    useFlushSync: false,
  })

  // What stands above the list comes and goes.
  const empty = order.length === 0
  useLayoutEffect(() => {
    const above = list.current?.closest<HTMLElement>('[data-scroller]') ?? null
    if (!above || !list.current) return
    const measure = () => {
      if (!list.current) return
      const top = list.current.getBoundingClientRect().top - above.getBoundingClientRect().top
      setMargin(Math.round(top + above.scrollTop))
    }
    measure()
    const watch = new ResizeObserver(measure)
    for (const child of above.children) if (child !== list.current) watch.observe(child)
    return () => watch.disconnect()
  }, [list, empty])

  const first = virtualizer.range?.startIndex ?? 0
  const last = virtualizer.range?.endIndex ?? 0
  useEffect(() => {
    waitingWindow.show(first, last)
  }, [first, last, order])

  return { virtualizer, margin }
}
