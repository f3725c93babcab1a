import { useLayoutEffect, useMemo, useState, type RefObject } from 'react'
import { useSettings } from '../state/settings'
import { geometryOf, type Geometry } from './geometry'

/** Where cards lie in an element at the card size of the settings; null until its width is known. */
export function useGeometry(element: RefObject<HTMLElement | null>): Geometry | null {
  const wanted = useSettings((state) => state.settings.cardSize)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const measured = element.current
    if (!measured) return
    const measure = () => {
      // While another view is shown there is no width; the cards stay as they are.
      if (measured.clientWidth === 0) return
      const style = getComputedStyle(measured)
      setWidth(
        measured.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight),
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(measured)
    return () => observer.disconnect()
  }, [element])
  return useMemo(() => (width > 0 ? geometryOf(width, wanted) : null), [width, wanted])
}
