import { useEffect, useRef, useState } from 'react'
import { draggedOf, type Dragged } from './dragged'

function intoText(event: DragEvent): boolean {
  return event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
}

/**
 * What is dragged over the window, null while nothing is. A drop never makes the page leave itself; `onDrop`
 * hears it with the element it fell on, unless it is `blocked` by something that must be dealt with first.
 */
export function useDrag(
  onDrop: (transfer: DataTransfer, on: Element | null) => void,
  blocked: boolean,
): Dragged | null {
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const latest = useRef({ onDrop, blocked })
  useEffect(() => {
    latest.current = { onDrop, blocked }
  })

  useEffect(() => {
    const over = (event: DragEvent) => {
      const transfer = event.dataTransfer
      if (!transfer) return
      const now = draggedOf(transfer)
      // Words belong into text fields, and nowhere else.
      if (now === null && intoText(event)) return
      if (now?.kind === 'address' && intoText(event)) {
        setDragged(null)
        return
      }
      event.preventDefault()
      const refused = now === null || now.kind === 'others' || latest.current.blocked
      transfer.dropEffect = refused ? 'none' : 'copy'
      setDragged((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now))
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragged(null)
    }
    const end = () => setDragged(null)
    const drop = (event: DragEvent) => {
      setDragged(null)
      const transfer = event.dataTransfer
      if (!transfer) return
      const now = draggedOf(transfer)
      if ((now === null || now.kind === 'address') && intoText(event)) return
      event.preventDefault()
      if (latest.current.blocked) return
      latest.current.onDrop(transfer, event.target instanceof Element ? event.target : null)
    }
    window.addEventListener('dragenter', over)
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragend', end)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', over)
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragend', end)
      window.removeEventListener('drop', drop)
    }
  }, [])

  return blocked ? null : dragged
}
