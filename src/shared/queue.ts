/** Where in the queue a job is to go: to an end, one place up or down, or to another job. */
export type Place = 'top' | 'up' | 'down' | 'bottom' | { before: string } | { after: string }

/**
 * The order of the queue once some of its jobs were moved. Several move together and keep their order among themselves;
 * ids that are not in the queue are left out. Null where the job they were to go to is not in it.
 */
export function reordered(order: readonly string[], moving: readonly string[], to: Place): string[] | null {
  const wanted = new Set(moving)
  const block = order.filter((id) => wanted.has(id))
  const rest = order.filter((id) => !wanted.has(id))
  const at = target(order, wanted, to)
  return at === null ? null : rest.toSpliced(at, 0, ...block)
}

/** How many of the others come before the moved ones. */
function target(order: readonly string[], wanted: ReadonlySet<string>, to: Place): number | null {
  const othersBefore = (place: number) => order.slice(0, place).filter((id) => !wanted.has(id)).length
  if (typeof to === 'object') {
    const id = 'before' in to ? to.before : to.after
    const place = order.indexOf(id)
    if (place < 0) return null
    return othersBefore('before' in to ? place : place + 1)
  }
  switch (to) {
    case 'top':
      return 0
    case 'bottom':
      return othersBefore(order.length)
    case 'up':
      return Math.max(0, othersBefore(order.findIndex((id) => wanted.has(id))) - 1)
    case 'down':
      return othersBefore(order.findLastIndex((id) => wanted.has(id)) + 1) + 1
  }
}
