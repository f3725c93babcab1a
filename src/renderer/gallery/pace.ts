import { useEffect, useState } from 'react'
import { create } from 'zustand'

/** Whether cards fly past too fast to be seen. */
const usePace = create<{ flying: boolean }>(() => ({ flying: false }))

/** More than this many pixels from one frame to the next, twice in a row, is flying. */
const fast = 180
/** How long it is calm again before cards are drawn whole, in milliseconds. */
const calm = 80

let last = { top: 0, at: 0, quick: false }
let landing: ReturnType<typeof setTimeout> | undefined

/** Tells where the gallery was scrolled to; called at each scroll event. */
export function scrolled(top: number): void {
  const at = performance.now()
  const quick = Math.abs(top - last.top) > fast
  // One leap alone, by a key or to another card, is no flight.
  const flying = quick && last.quick && at - last.at < calm
  last = { top, at, quick }
  if (!flying) return
  if (!usePace.getState().flying) usePace.setState({ flying })
  clearTimeout(landing)
  landing = setTimeout(() => usePace.setState({ flying: false }), calm)
}

/** False for a card that came up in full flight, until it is calm: it is drawn without its contents. */
export function useSeen(): boolean {
  const [seen, setSeen] = useState(() => !usePace.getState().flying)
  useEffect(() => {
    if (seen) return undefined
    const look = ({ flying }: { flying: boolean }) => {
      if (!flying) setSeen(true)
    }
    look(usePace.getState())
    return usePace.subscribe(look)
  }, [seen])
  return seen
}
