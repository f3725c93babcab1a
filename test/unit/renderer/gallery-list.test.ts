import type { JobPage } from '@shared/contract'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createJobList, type ListSource } from '../../../src/renderer/state/jobs/list'
import { RowCache } from '../../../src/renderer/state/jobs/rows'
import { row } from './gallery-rows'

type Answer<T> = {
  query: { q?: string | undefined; cursor?: string }
  give: (value: T) => void
  fail: (e: Error) => void
}

/** A studio that answers when the test says so. */
function slowStudio() {
  const pages: Answer<JobPage>[] = []
  const slices: Answer<{ seqs: number[]; nextCursor: string | null }>[] = []
  const source: ListSource = {
    page: (query) => new Promise((give, fail) => pages.push({ query, give, fail })),
    index: (query) => new Promise((give, fail) => slices.push({ query, give, fail })),
  }
  return { pages, slices, source }
}

const page = (seqs: number[], nextCursor: string | null = null): JobPage => ({
  jobs: seqs.map((seq) => row(seq)),
  nextCursor,
})

function start() {
  const studio = slowStudio()
  const cache = new RowCache(100)
  const list = createJobList(studio.source, cache)
  const shown = () => list.store.getState().order.slice(0, 1000)
  const asked = async (answers: unknown[], count: number) =>
    vi.waitFor(() => expect(answers).toHaveLength(count))
  return { ...studio, cache, list, shown, asked }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('the list of the gallery', () => {
  it('would show the answer to an earlier search over the answer to the latest', async () => {
    const { list, pages, shown } = start()
    const first = list.read()
    list.setFilter({ group: 'favourites' })
    pages[1]?.give(page([5]))
    pages[0]?.give(page([9, 8, 7]))
    await first
    await vi.waitFor(() => expect(shown()).toEqual([5]))
  })

  it('would ask at every key while a person types', () => {
    vi.useFakeTimers()
    const { list, pages } = start()
    list.setFilter({ text: 's' })
    list.setFilter({ text: 'se' })
    list.setFilter({ text: 'sea' })
    expect(pages).toHaveLength(0)
    vi.advanceTimersByTime(120)
    expect(pages.map((asked) => asked.query.q)).toEqual(['sea'])
  })

  it('would hide the first page until the whole index is read', async () => {
    const { list, pages, slices, shown, asked } = start()
    const reading = list.read()
    pages[0]?.give(page([9, 8], 'more'))
    await asked(slices, 1)
    expect(shown()).toEqual([9, 8])
    expect(list.store.getState().complete).toBe(false)
    slices[0]?.give({ seqs: [9, 8, 7], nextCursor: 'c' })
    await asked(slices, 2)
    expect(slices[1]?.query.cursor).toBe('c')
    expect(shown()).toEqual([9, 8, 7])
    slices[1]?.give({ seqs: [6], nextCursor: null })
    await reading
    expect(shown()).toEqual([9, 8, 7, 6])
    expect(list.store.getState().complete).toBe(true)
  })

  it('would lose a job that was made between two slices of the index', async () => {
    const { list, pages, slices, shown, asked } = start()
    const reading = list.read()
    pages[0]?.give(page([9], 'more'))
    await asked(slices, 1)
    list.changed(row(10))
    slices[0]?.give({ seqs: [9, 8], nextCursor: null })
    await reading
    expect(shown()).toEqual([10, 9, 8])
  })

  it('would move the cards under a person who looks further down', async () => {
    const { list, pages, shown } = start()
    const reading = list.read()
    pages[0]?.give(page([3, 2, 1]))
    await reading
    list.setAtTop(false)
    list.changed(row(4))
    list.changed(row(5))
    expect(shown()).toEqual([3, 2, 1])
    expect(list.store.getState().held).toEqual([4, 5])
    list.setAtTop(true)
    expect(shown()).toEqual([5, 4, 3, 2, 1])
    expect(list.store.getState().held).toEqual([])
  })

  it('would make a card jump away when its state no longer matches the filter', async () => {
    const { list, pages, shown } = start()
    list.setFilter({ group: 'running' })
    pages[0]?.give(page([3, 2]))
    await vi.waitFor(() => expect(shown()).toEqual([3, 2]))
    list.changed(row(3, { state: 'completed' }))
    expect(shown()).toEqual([3, 2])
    list.changed(row(9, { state: 'completed' }))
    expect(shown()).toEqual([3, 2])
    list.changed(row(10, { state: 'queued' }))
    expect(shown()).toEqual([10, 3, 2])
  })

  it('would take cards off the screen when a later reading fails', async () => {
    const { list, pages, slices, shown } = start()
    const reading = list.read()
    pages[0]?.give(page([2, 1]))
    await reading
    const again = list.read('quiet')
    slices[0]?.fail(new Error('gone'))
    await again
    expect(shown()).toEqual([2, 1])
    expect(list.store.getState().status).toBe('ready')
    const fresh = list.read()
    pages[1]?.fail(new Error('gone'))
    await fresh
    expect(list.store.getState().status).toBe('error')
  })

  it('would bring back a job that was removed while the index was read', async () => {
    const { list, pages, slices, shown, asked } = start()
    const reading = list.read()
    pages[0]?.give(page([9], 'more'))
    await asked(slices, 1)
    list.changed(row(10))
    list.removed([10])
    slices[0]?.give({ seqs: [9], nextCursor: null })
    await reading
    expect(shown()).toEqual([9])
  })

  it('would ask the studio for states that cannot match', async () => {
    const { list, pages } = start()
    list.setFilter({ group: 'attention', states: ['completed'] })
    await vi.waitFor(() => expect(list.store.getState().status).toBe('ready'))
    expect(pages).toHaveLength(0)
    expect(list.store.getState().order.length).toBe(0)
  })
})
