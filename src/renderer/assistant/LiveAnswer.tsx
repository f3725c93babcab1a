import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Live } from '../state/assistant/live'
import type { Writing } from '../state/assistant/talk'
import styles from './Answer.module.css'
import { Waiting } from './Waiting'

/** Signs of one block; a block that is full is not laid out again. */
const blockSigns = 2000

/** Appends words to a place of the page: into the last block, and from a line's end on into a new one. */
function writer(place: HTMLElement): (words: string) => void {
  let block: Text | null = null
  const begin = () => {
    const element = document.createElement('div')
    block = document.createTextNode('')
    element.append(block)
    place.append(element)
    return block
  }
  return (words) => {
    let rest = words
    while (rest !== '') {
      const node = block ?? begin()
      const full = node.length > blockSigns
      const end = rest.indexOf('\n')
      // A text without line breaks is cut where a sentence ends.
      const cut = end >= 0 ? end : full ? rest.search(/(?<=[.!?。！？…])\s/) : -1
      if (cut < 0) {
        node.appendData(rest)
        return
      }
      node.appendData(rest.slice(0, cut))
      rest = rest.slice(cut + 1)
      block = null
      if (end >= 0 && rest === '') begin()
    }
  }
}

/** Follows an answer with plain text nodes, at most once a frame; React has no part in it. */
function follow(live: Live, place: HTMLElement, scroller: HTMLElement | null): () => void {
  const write = writer(place)
  let waiting = live.text
  let frame = 0
  const draw = () => {
    frame = 0
    const words = waiting
    waiting = ''
    if (words === '') return
    const below = scroller ? scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight : 0
    write(words)
    if (scroller && below < 40) scroller.scrollTop = scroller.scrollHeight
  }
  const stop = live.follow((words) => {
    waiting += words
    if (frame === 0) frame = requestAnimationFrame(draw)
  })
  draw()
  return () => {
    stop()
    cancelAnimationFrame(frame)
    place.replaceChildren()
  }
}

/** An answer that is being written, word by word. */
export function LiveAnswer({ writing }: { writing: Writing }) {
  const { t } = useTranslation()
  const place = useRef<HTMLDivElement>(null)
  const { live, exchange, waiting } = writing
  useEffect(() => {
    const element = place.current
    return element ? follow(live, element, element.closest<HTMLElement>('[data-scroller]')) : undefined
  }, [live])
  return (
    <>
      <div ref={place} data-live="" className={styles.live} dir="auto" />
      <p className={styles.state} role="status">
        {waiting ? (
          <Waiting until={waiting.until} why={waiting.why} />
        ) : (
          t(exchange ? 'assistant.writing' : 'assistant.sending')
        )}
      </p>
    </>
  )
}
