import { create } from 'zustand'
import { hasVideo } from '../actions'
import { rows } from '../state/jobs'
import { useSettings } from '../state/settings'

/** How long the pointer or the keyboard rests on a card before it plays, in milliseconds. */
const rest = 250

/** The one card whose preview plays. */
export const usePreview = create<{ seq: number | null }>(() => ({ seq: null }))

let timer: ReturnType<typeof setTimeout> | undefined
let waiting: number | null = null

function wanted(seq: number): boolean {
  if (!useSettings.getState().settings.hoverPreviews) return false
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return false
  const row = rows.get(seq)
  return row !== undefined && row.preview !== null && hasVideo(row)
}

/** The pointer or the keyboard came to a card, or left all of them. */
export function restOn(seq: number | null): void {
  if (seq === waiting) return
  waiting = seq
  clearTimeout(timer)
  if (usePreview.getState().seq !== null) usePreview.setState({ seq: null })
  if (seq === null) return
  timer = setTimeout(() => {
    if (wanted(seq)) usePreview.setState({ seq })
  }, rest)
}
