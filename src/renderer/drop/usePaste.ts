import { useEffect, useRef } from 'react'
import { freeRole, slotsOf, useChosen } from '../state/composer'
import { draggedOf } from './dragged'
import { isDialogOpen, isField, pasteWords, usePasted } from './pasted'
import { refuse, takeAt, useReader } from './take'
import { targetsOf } from './targets'

/**
 * Takes what is pasted anywhere in the window: images and files of prompts as if they were dropped, words into the
 * prompt. A field keeps the words pasted into it.
 */
export function usePaste(): void {
  const slots = slotsOf(useChosen(), [])
  const reader = useReader()
  const latest = useRef({ slots, reader })
  useEffect(() => {
    latest.current = { slots, reader }
  })
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const data = event.clipboardData
      if (!data || event.defaultPrevented || isDialogOpen()) return
      const files = [...data.files]
      const words = data.getData('text/plain')
      // A table copied from a spreadsheet brings a picture of itself along: its text is what is meant.
      if (files.length === 0 || words !== '') {
        if (words.trim() === '' || isField(event.target)) return
        event.preventDefault()
        pasteWords(words)
        return
      }
      event.preventDefault()
      takeFiles(data, files, latest.current)
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])
}

function takeFiles(
  data: DataTransfer,
  files: File[],
  { slots, reader }: { slots: ReturnType<typeof slotsOf>; reader: boolean },
): void {
  const pasted = draggedOf(data)
  if (!pasted) return
  if (pasted.kind === 'others' || (pasted.kind === 'brief' && !reader)) return refuse('drop.notImages')
  const targets = targetsOf(pasted, slots, reader)
  const [only, ...more] = targets
  // Says why there is no place.
  if (!only) freeRole()
  else if (more.length === 0) void takeAt(only, { files, jobId: '' })
  else usePasted.setState({ waiting: { files, targets } })
}
