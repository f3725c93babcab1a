import { useEffect, useState, useSyncExternalStore, type RefObject } from 'react'
import { useComposer } from '../state/composer'

const short = window.matchMedia('(max-height: 719px)')

function subscribe(changed: () => void): () => void {
  short.addEventListener('change', changed)
  return () => short.removeEventListener('change', changed)
}

/**
 * One line where the person folded the composer or the window is low; in full while it is worked in, which ends
 * with a press elsewhere on the page. Menus and dialogs lie outside the page's root and do not end it.
 */
export function useCompact(root: RefObject<HTMLElement | null>): { compact: boolean; toggle: () => void } {
  const low = useSyncExternalStore(subscribe, () => short.matches)
  const folded = useComposer((state) => state.collapsed)
  const setCollapsed = useComposer((state) => state.setCollapsed)
  const [working, setWorking] = useState(false)

  useEffect(() => {
    const element = root.current
    if (!element) return undefined
    const begin = (event: FocusEvent) => {
      // Reaching the fold button by keyboard must not unfold before it is pressed.
      if (event.target instanceof HTMLTextAreaElement) setWorking(true)
    }
    const end = (event: PointerEvent) => {
      if (!(event.target instanceof Node) || element.contains(event.target)) return
      if (document.getElementById('root')?.contains(event.target)) setWorking(false)
    }
    element.addEventListener('focusin', begin)
    document.addEventListener('pointerdown', end)
    return () => {
      element.removeEventListener('focusin', begin)
      document.removeEventListener('pointerdown', end)
    }
  }, [root])

  const compact = (folded || low) && !working
  return {
    compact,
    toggle: () => {
      if (!low) setCollapsed(!compact)
      setWorking(compact)
    },
  }
}
