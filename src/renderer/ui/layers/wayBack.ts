import { useLayoutEffect, useRef } from 'react'

/**
 * For `finalFocus` of a layer that lies over the page: back to where the focus was. Of a place that the keyboard does not
 * stop at, such as the whole page, Base UI would take the first field inside, and single keys would be typed into it.
 */
export function useWayBack(open: boolean): () => boolean {
  const before = useRef<Element | null>(null)
  useLayoutEffect(() => {
    if (open) before.current = document.activeElement
  }, [open])
  return () => {
    const place = before.current
    if (!(place instanceof HTMLElement) || !place.isConnected || place.tabIndex >= 0) return true
    queueMicrotask(() => place.focus())
    return false
  }
}
