import type { DragEvent, MouseEvent, PointerEvent } from 'react'
import { dragOut, hasVideo, jobActions } from '../actions'
import { mediaUrl } from '../api'
import { jobType } from '../drop/dragged'
import { downloadOf } from '../drop/dropped'
import { rows } from '../state/jobs'
import { useSelection, type PickHow } from '../state/selection'
import { useStudio } from '../state/studio'
import { useView } from '../state/view'
import { choose, meant } from './choose'
import { restOn } from './pointed'

/** The card an event happened on, and the part of it that acts by itself. */
function partOf(target: EventTarget): { card: HTMLElement; seq: number; act: string | undefined } | null {
  if (!(target instanceof Element)) return null
  const card = target.closest<HTMLElement>('[data-seq]')
  if (!card) return null
  const act = target.closest<HTMLElement>('[data-act]')?.dataset['act']
  return { card, seq: Number(card.dataset['seq']), act }
}

/** The seq of the card an event happened on. */
export function seqOf(target: EventTarget): number | null {
  return partOf(target)?.seq ?? null
}

function onClick(event: MouseEvent): void {
  const part = partOf(event.target)
  if (!part) return
  const row = rows.get(part.seq)
  if (part.act === 'star') {
    if (row) void jobActions.favourite([row.id], !row.favourite)
    return
  }
  if (part.act === 'menu') {
    const { clientX, clientY } = event
    part.card.dispatchEvent(
      new window.MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY }),
    )
    return
  }
  const toggles = event.ctrlKey || event.metaKey || useSelection.getState().selecting
  const how: PickHow = event.shiftKey ? 'range' : toggles ? 'toggle' : 'one'
  choose(part.seq, how)
  part.card.focus({ preventScroll: true })
}

function onDoubleClick(event: MouseEvent): void {
  const part = partOf(event.target)
  if (part && part.act === undefined) useView.getState().setInspectorOpen(true)
}

function onDragStart(event: DragEvent): void {
  const seq = seqOf(event.target)
  if (seq === null) return
  const dragged = meant(seq).flatMap((each) => rows.get(each) ?? [])
  const videos = dragged.filter(hasVideo)
  const [first] = videos
  if (!first) {
    event.preventDefault()
    return
  }
  restOn(null)
  if (useStudio.getState().info?.capabilities.dragOut) {
    event.preventDefault()
    dragOut(videos.map((row) => row.id))
    return
  }
  const { dataTransfer } = event
  const address = new URL(mediaUrl.download(first.id), document.baseURI).href
  dataTransfer.effectAllowed = 'copy'
  dataTransfer.setData(jobType, first.id)
  // Chromium writes this as a file where it is dropped; a colon would end the name.
  dataTransfer.setData('DownloadURL', downloadOf(fileName(first.prompt), first.video?.file ?? 'mp4', address))
}

function fileName(prompt: string): string {
  const words = prompt
    .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return words.slice(0, 60).trim() || 'video'
}

function onPointerOver(event: PointerEvent): void {
  if (event.pointerType !== 'touch') restOn(seqOf(event.target))
}

function onPointerLeave(): void {
  restOn(null)
}

/** What the pointer does in the grid; one set of listeners for all cards. */
export const gridPointer = { onClick, onDoubleClick, onDragStart, onPointerOver, onPointerLeave }
