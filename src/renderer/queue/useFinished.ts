import type { JobRow, JobState } from '@shared/contract'
import { useEffect, useState } from 'react'
import { api, subscribe, useConnection } from '../api'

const finished: JobState[] = ['completed', 'failed', 'cancelled', 'needs_attention']
const DAY_MS = 86_400_000
const REREAD_MS = 250
/** The most that the list shows; the gallery has the others. */
export const finishedLimit = 100

function midnight(): number {
  return new Date().setHours(0, 0, 0, 0)
}

/** Jobs that ended today, the latest first; null until first known. */
export function useFinished(): JobRow[] | null {
  const [jobs, setJobs] = useState<JobRow[] | null>(null)
  const open = useConnection() === 'open'

  useEffect(() => {
    if (!open) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = new AbortController()
    const read = async () => {
      timer = undefined
      try {
        // A job made yesterday may end today.
        const page = await api.jobs.list(
          { state: finished, from: midnight() - DAY_MS, limit: finishedLimit },
          { signal: stop.signal },
        )
        const today = page.jobs.filter((job) => (job.finishedAt ?? job.updatedAt) >= midnight())
        setJobs(today.sort((a, b) => (b.finishedAt ?? b.updatedAt) - (a.finishedAt ?? a.updatedAt)))
      } catch {
        // What is shown stays; it is read again with the next change or connection.
      }
    }
    void read()
    const unsubscribe = subscribe((event) => {
      const changed =
        event.type === 'reload' ||
        event.type === 'removed' ||
        (event.type === 'job' && finished.includes(event.job.state))
      if (changed) timer ??= setTimeout(() => void read(), REREAD_MS)
    })
    return () => {
      stop.abort()
      clearTimeout(timer)
      unsubscribe()
    }
  }, [open])

  return jobs
}
