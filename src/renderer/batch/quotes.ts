import type { JobRequest } from '@shared/contract'
import { useEffect, useMemo, useState } from 'react'
import { api, problemOf } from '../api'
import type { Row } from './plan'
import { quoteKey, type Quote } from './sum'

/** Prices asked for at the same time. */
const lanes = 4
/** Milliseconds without a change before the studio is asked. */
const calm = 200

/** Prices of a batch's rows, one question for all that are alike; an answer that is known is not asked for again. */
export function useBatchQuotes(rows: readonly Row[]): {
  quotes: ReadonlyMap<string, Quote>
  asking: boolean
} {
  const [quotes, setQuotes] = useState<ReadonlyMap<string, Quote>>(new Map())
  const missing = useMemo(() => {
    const wanted = new Map<string, JobRequest>()
    for (const { request, trouble } of rows) {
      const key = quoteKey(request)
      if (trouble === null && !quotes.has(key)) wanted.set(key, request)
    }
    return [...wanted]
  }, [rows, quotes])

  useEffect(() => {
    if (missing.length === 0) return undefined
    const controller = new AbortController()
    const ask = async () => {
      const queue = [...missing]
      const found = new Map<string, Quote>()
      const lane = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          const [key, request] = next
          found.set(key, await quoteOf(request, controller.signal))
        }
      }
      await Promise.all(Array.from({ length: lanes }, lane))
      if (!controller.signal.aborted) setQuotes((before) => new Map([...before, ...found]))
    }
    const timer = window.setTimeout(() => void ask(), calm)
    return () => {
      window.clearTimeout(timer)
      controller.abort()
    }
  }, [missing])

  return { quotes, asking: missing.length > 0 }
}

async function quoteOf(request: JobRequest, signal: AbortSignal): Promise<Quote> {
  try {
    return { preview: await api.jobs.preview(request, { signal }) }
  } catch (error) {
    const { title, issues } = problemOf(error)
    return { said: issues[0]?.text ?? title }
  }
}
