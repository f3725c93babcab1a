/** From this near to an edge of the scrolled view on, it scrolls, faster the nearer: by so many pixels a frame. */
const edge = 56
const slowest = 4
const fastest = 60

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
 * Measured anew at each move, since jobs come and go meanwhile, and of a long list only what is near is there. Escape,
 * or the row's own start, ends it without a drop. `hold` keeps the row itself drawn for as long.
 */
export function dragRow(
  event: PointerEvent,
  row: HTMLElement,
  drop: (to: Drop) => void,
  hold: (on: boolean) => void,
): void {
  if (row.parentElement && event.button === 0) follow(event, row, row.parentElement, drop, hold)
}

const placeOf = ({ dataset }: HTMLElement) => Number(dataset['place'])

function follow(
  event: PointerEvent,
  row: HTMLElement,
  list: HTMLElement,
  drop: (to: Drop) => void,
  hold: (on: boolean) => void,
) {
  const scroller = row.closest<HTMLElement>('[data-scroller]')
  const grab = event.clientY - row.getBoundingClientRect().top
  const stop = new AbortController()
  const { signal } = stop
  let pointer = event.clientY
  let frame = 0
  let moved = false

  const others = () =>
    [...list.children]
      .filter((child): child is HTMLElement => child instanceof HTMLElement && child !== row)
      .filter(({ dataset }) => dataset['id'] !== undefined)
      .sort((a, b) => placeOf(a) - placeOf(b))
  const place = () => {
    const middle = pointer - list.getBoundingClientRect().top - grab + row.offsetHeight / 2
    return others().filter((other) => other.offsetTop + other.offsetHeight / 2 < middle).length
  }

  function draw() {
    frame = 0
    if (!row.isConnected) return end()
    scroll()
    const top = pointer - list.getBoundingClientRect().top - grab
    row.style.translate = `0 ${top - row.offsetTop}px`
    const own = others().filter((other) => placeOf(other) < placeOf(row)).length
    const to = place()
    for (const [at, other] of others().entries()) {
      const shift = at >= to && at < own ? 1 : at < to && at >= own ? -1 : 0
      other.style.translate = shift === 0 ? '' : `0 ${shift * row.offsetHeight}px`
    }
  }

  function scroll() {
    if (!scroller) return
    const { top, bottom } = scroller.getBoundingClientRect()
    const above = top + edge - pointer
    const below = pointer - (bottom - edge)
    const depth = Math.max(above, below)
    if (depth <= 0) return
    const by = Math.min(fastest, slowest + depth * 0.6) * (above > 0 ? -1 : 1)
    const before = scroller.scrollTop
    scroller.scrollTop += by
    if (scroller.scrollTop !== before) frame ||= requestAnimationFrame(draw)
  }

  function end() {
    stop.abort()
    hold(row.contains(document.activeElement))
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
      hold(true)
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
