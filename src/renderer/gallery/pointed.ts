import { create } from 'zustand'
import { hasVideo } from '../actions'
import { rows } from '../state/jobs'
import { useSettings } from '../state/settings'
import { isSafeMode } from '../state/studio'

/** How long the pointer or the keyboard rests on a card before it plays, in milliseconds. */
const rest = 250

/** The card that the pointer or the keyboard is on, and whether its preview plays. Only that one has buttons. */
export const usePointed = create<{ seq: number | null; playing: boolean }>(() => ({
  seq: null,
  playing: false,
}))

let timer: ReturnType<typeof setTimeout> | undefined

function plays(seq: number): boolean {
  if (!useSettings.getState().settings.hoverPreviews || isSafeMode()) return false
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return false
  const row = rows.get(seq)
  return row !== undefined && row.preview !== null && hasVideo(row)
}

/** The pointer or the keyboard came to a card, or left all of them. */
export function restOn(seq: number | null): void {
  if (seq === usePointed.getState().seq) return
  clearTimeout(timer)
  usePointed.setState({ seq, playing: false })
  if (seq === null) return
  timer = setTimeout(() => {
    if (plays(seq)) usePointed.setState({ playing: true })
  }, rest)
}
