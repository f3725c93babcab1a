import { useEffect, useRef, type RefObject } from 'react'

/** Tells the style sheets how tall an element at the foot of the page is, so that messages stand above it. */
export function useFoot(): RefObject<HTMLDivElement | null> {
  const foot = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = foot.current
    if (element === null) return
    const watch = new ResizeObserver(() =>
      document.documentElement.style.setProperty('--foot-height', `${element.offsetHeight}px`),
    )
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  return foot
}
