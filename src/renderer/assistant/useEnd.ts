import { useLayoutEffect, useRef, type RefObject } from 'react'

/** Pixels from the end within which a reader counts as being there. */
const near = 60

/**
 * Keeps the end of what is read in sight: at once when `asked` changes (a question was put, another talk was opened), and
 * while it grows only for a reader who has not gone back up to read something else. What grows is the last child.
 */
export function useEnd(asked: string): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null)
  const there = useRef(true)
  const before = useRef(asked)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const look = () => {
      there.current = element.scrollHeight - element.scrollTop - element.clientHeight < near
    }
    const size = new ResizeObserver(() => {
      if (there.current) element.scrollTop = element.scrollHeight
    })
    element.addEventListener('scroll', look, { passive: true })
    size.observe(element)
    if (element.lastElementChild) size.observe(element.lastElementChild)
    return () => {
      element.removeEventListener('scroll', look)
      size.disconnect()
    }
  }, [])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || before.current === asked) return
    before.current = asked
    there.current = true
    element.scrollTop = element.scrollHeight
  }, [asked])
  return scroller
}
