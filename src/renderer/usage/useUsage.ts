import type { UsageRow } from '@shared/contract'
import { useEffect, useState } from 'react'
import { api, problemOf, subscribe, type Problem } from '../api'
import { firstOf, type Range } from './ranges'

/** Jobs that move close together are followed by one look at the books. */
const calmMs = 800

export type Usage =
  | { state: 'loading'; rows: null; now: null; range: null }
  | { state: 'failed'; rows: null; now: null; range: null; problem: Problem }
  /** `now` is the month that it is; `range` is what the rows answer. */
  | { state: 'ready'; rows: UsageRow[]; now: string; range: Range }

async function readUsage(range: Range): Promise<Exclude<Usage, { state: 'loading' }>> {
  try {
    const { month: now } = await api.money.budget()
    const from = firstOf(range, now)
    const { rows } = await api.money.usage(from === undefined ? {} : { from })
    return { state: 'ready', rows, now, range }
  } catch (error) {
    return { state: 'failed', rows: null, now: null, range: null, problem: problemOf(error) }
  }
}

/** What is on screen is better than nothing while the connection is lost for a moment. */
function after(before: Usage, read: Usage, range: Range): Usage {
  return read.state === 'failed' && before.state === 'ready' && before.range === range ? before : read
}

/** The rows of a range, kept up to date; those of the last range stay until the new ones are there. */
export function useUsage(range: Range): { usage: Usage; again: () => void } {
  const [usage, setUsage] = useState<Usage>({ state: 'loading', rows: null, now: null, range: null })
  useEffect(() => {
    let live = true
    let timer: number | undefined
    const take = (read: Usage) => {
      if (live) setUsage((before) => after(before, read, range))
    }
    void readUsage(range).then(take)
    const stop = subscribe((event) => {
      if (event.type === 'progress' || event.type === 'library' || event.type === 'notice') return
      window.clearTimeout(timer)
      timer = window.setTimeout(() => void readUsage(range).then(take), calmMs)
    })
    return () => {
      live = false
      window.clearTimeout(timer)
      stop()
    }
  }, [range])
  return {
    usage,
    again: () => {
      setUsage({ state: 'loading', rows: null, now: null, range: null })
      void readUsage(range).then(setUsage)
    },
  }
}
