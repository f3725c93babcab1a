/** From this near to an edge of the scrolled view on, it scrolls, by so many pixels a frame. */
const edge = 56
const step = 12

/** Where a dragged row is let go: before another row, or after the last. */
export type Drop = { before: string } | { after: string }

/** The drop for a row among the others, by how many of them it then stands behind; null where there are none. */
export function dropAt(others: readonly string[], place: number): Drop | null {
  const next = others[place]
  if (next !== undefined) return { before: next }
  const last = others.at(-1)
  return last === undefined ? null : { after: last }
}

/**
 * Drags a row of a list with the pointer: it follows, the others make room, and `drop` hears where it was let go.
 * Measured anew at each move, since jobs come and go meanwhile. Escape, or the row's own start, ends it without a drop.
 */
export function dragRow(event: PointerEvent, row: HTMLElement, drop: (to: Drop) => void): void {
  if (row.parentElement && event.button === 0) follow(event, row, row.parentElement, drop)
}

function follow(event: PointerEvent, row: HTMLElement, list: HTMLElement, drop: (to: Drop) => void) {
  const scroller = row.closest<HTMLElement>('[data-scroller]')
  const grab = event.clientY - row.getBoundingClientRect().top
  const stop = new AbortController()
  const { signal } = stop
  let pointer = event.clientY
  let frame = 0
  let moved = false

  const others = () => [...list.children].filter((child): child is HTMLElement => child !== row)
  const place = () => {
    const middle = pointer - list.getBoundingClientRect().top - grab + row.offsetHeight / 2
    return others().filter((other) => other.offsetTop - list.offsetTop + other.offsetHeight / 2 < middle)
      .length
  }

  function draw() {
    frame = 0
    if (!row.isConnected) return end()
    scroll()
    const top = pointer - list.getBoundingClientRect().top - grab
    row.style.translate = `0 ${top - (row.offsetTop - list.offsetTop)}px`
    const own = [...list.children].indexOf(row)
    const to = place()
    for (const [at, other] of others().entries()) {
      const shift = at >= to && at < own ? 1 : at < to && at >= own ? -1 : 0
      other.style.translate = shift === 0 ? '' : `0 ${shift * row.offsetHeight}px`
    }
  }

  function scroll() {
    if (!scroller) return
    const { top, bottom } = scroller.getBoundingClientRect()
    const by = pointer < top + edge ? -step : pointer > bottom - edge ? step : 0
    if (by === 0) return
    const before = scroller.scrollTop
    scroller.scrollTop += by
    if (scroller.scrollTop !== before) frame ||= requestAnimationFrame(draw)
  }

  function end() {
    stop.abort()
    cancelAnimationFrame(frame)
    delete row.dataset['dragged']
    row.style.translate = ''
    for (const other of others()) other.style.translate = ''
  }

  window.addEventListener(
    'pointermove',
    (move) => {
      pointer = move.clientY
      moved ||= Math.abs(pointer - event.clientY) > 3
      if (!moved) return
      row.dataset['dragged'] = ''
      frame ||= requestAnimationFrame(draw)
    },
    { signal },
  )
  window.addEventListener(
    'pointerup',
    () => {
      const ids = others().flatMap(({ dataset }) => dataset['id'] ?? [])
      const to = moved && row.isConnected ? dropAt(ids, place()) : null
      end()
      if (to) drop(to)
    },
    { signal },
  )
  window.addEventListener('pointercancel', end, { signal })
  window.addEventListener(
    'keydown',
    (key) => {
      if (key.key !== 'Escape') return
      key.preventDefault()
      key.stopPropagation()
      end()
    },
    { signal, capture: true },
  )
}
