import { describe, expect, it, vi } from 'vitest'
import { JobOrder } from '../../../src/renderer/state/jobs/order'
import { RowCache } from '../../../src/renderer/state/jobs/rows'
import { RowWindow, windowAround } from '../../../src/renderer/state/jobs/window'
import { row } from './gallery-rows'

describe('rows at hand', () => {
  it('would redraw every card at the progress of one', () => {
    const cache = new RowCache(10)
    cache.put([row(1), row(2)])
    const [one, two] = [vi.fn<() => void>(), vi.fn<() => void>()]
    cache.listen(1, one)
    cache.listen(2, two)
    cache.patch(1, { progress: 0.5 })
    expect(cache.get(1)?.progress).toBe(0.5)
    expect(one).toHaveBeenCalledTimes(1)
    expect(two).not.toHaveBeenCalled()
  })

  it('would put an old answer over what an event told since', () => {
    const cache = new RowCache(10)
    cache.put([row(1, { state: 'completed', updatedAt: 20 })])
    cache.put([row(1, { state: 'processing', updatedAt: 10 })])
    expect(cache.get(1)?.state).toBe('completed')
  })

  it('would grow without end, or drop the cards on the screen', () => {
    const cache = new RowCache(3)
    cache.put([row(1)])
    cache.listen(1, () => undefined)
    cache.put([row(2), row(3), row(4), row(5)])
    expect(cache.size).toBe(3)
    expect(cache.get(1)).toBeDefined()
    expect(cache.get(2)).toBeUndefined()
    expect(cache.byId(row(2).id)).toBeUndefined()
  })

  it('would drop what was seen last before what was seen first', () => {
    const cache = new RowCache(2)
    cache.put([row(1), row(2)])
    expect(cache.missing([1])).toEqual([])
    cache.put([row(3)])
    expect(cache.get(1)).toBeDefined()
    expect(cache.get(2)).toBeUndefined()
  })

  it('would leave a card blank while its row is asked for again', () => {
    const cache = new RowCache(2)
    cache.put([row(1)])
    cache.markStale()
    expect(cache.get(1)).toBeDefined()
    expect(cache.missing([1])).toEqual([1])
    cache.put([row(1)])
    expect(cache.missing([1])).toEqual([])
  })
})

describe('the window of rows', () => {
  const order = JobOrder.of(Array.from({ length: 100_000 }, (_, at) => 100_000 - at))

  it('would ask at every line scrolled, or beyond the ends', () => {
    expect(windowAround(0, 20, 100_000)).toEqual({ first: 0, end: 120 })
    expect(windowAround(130, 150, 100_000)).toEqual(windowAround(125, 170, 100_000))
    expect(windowAround(99_990, 99_999, 100_000)).toEqual({ first: 99_900, end: 100_000 })
    expect(windowAround(0, 20, 5)).toEqual({ first: 0, end: 5 })
  })

  it('would ask for everything that is flown past', async () => {
    const asked: number[][] = []
    const answers: (() => void)[] = []
    const cache = new RowCache(2000)
    const window = new RowWindow({
      cache,
      order: () => order,
      fetch: (seqs) => {
        asked.push(seqs)
        return new Promise((give) => answers.push(() => give(seqs.map((seq) => row(seq)))))
      },
    })
    for (let at = 0; at < 50_000; at += 100) window.show(at, at + 19)
    expect(asked).toHaveLength(1)
    answers[0]?.()
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect(asked[1]).toEqual(order.slice(49_900, 49_920))
    answers[1]?.()
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    expect(asked[2]?.length).toBe(160)
    answers[2]?.()
  })

  it('would ask without end for a job that is gone', async () => {
    const fetch = vi.fn<(seqs: number[]) => Promise<never[]>>().mockResolvedValue([])
    const window = new RowWindow({ cache: new RowCache(10), order: () => JobOrder.of([3]), fetch })
    window.show(0, 0)
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(1))
    await Promise.resolve()
    expect(fetch).toHaveBeenCalledTimes(1)
  })
})
