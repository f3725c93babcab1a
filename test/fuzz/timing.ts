/** A call that is not answered within this is one too slow: milliseconds. */
export const longest = 1000

/** How a call ended that was given time. */
export type Timed<T> = { late: false; value: T; ms: number } | { late: true; value: null; ms: number }

/** Waits for work, but not longer than `most` milliseconds. */
export async function within<T>(work: Promise<T>, most: number): Promise<Timed<T>> {
  const begun = performance.now()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), most)
  })
  try {
    const first = await Promise.race([work.then((value) => ({ value })), late])
    const ms = performance.now() - begun
    return first === 'late' ? { late: true, value: null, ms } : { late: false, value: first.value, ms }
  } finally {
    clearTimeout(timer)
  }
}

/** One that is too slow gets two more chances, since the machine may have been busy with something else. */
export async function patiently<T>(work: () => Promise<T>): Promise<Timed<T>> {
  let end = await within(work(), longest)
  for (let left = 2; end.late && left > 0; left -= 1) end = await within(work(), longest)
  return end
}
