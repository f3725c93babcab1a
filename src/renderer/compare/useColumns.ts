import type { JobDetail, JobRow } from '@shared/contract'
import { useEffect, useState } from 'react'
import { api, subscribe, useConnection } from '../api'
import { rows } from '../state/jobs'

/** One of the jobs that are compared. */
export interface Column {
  id: string
  /** How it is called here: A, B, C or D. */
  letter: string
  /** Undefined until it is known. */
  row: JobRow | undefined
  /** Null until it is read, and where it cannot be. */
  detail: JobDetail | null
  /** Why it cannot be read, as the call threw it. */
  error: unknown
}

type Known = Pick<Column, 'detail' | 'error'>

/** The jobs with these ids and all that is known of them, kept up to date. */
export function useColumns(ids: readonly string[]): Column[] {
  const [known, setKnown] = useState<Record<string, Known>>({})
  const [, redraw] = useState(0)
  const open = useConnection() === 'open'

  useEffect(() => {
    const stops = ids.map((id) => rows.listen(id, () => redraw((n) => n + 1)))
    return () => {
      for (const stop of stops) stop()
    }
  }, [ids])

  useEffect(() => {
    if (!open) return undefined
    let wanted = true
    const read = async (id: string) => {
      const found: Known = await api.jobs.get({ id }).then(
        (detail) => ({ detail, error: null }),
        (error: unknown) => ({ detail: null, error }),
      )
      if (!wanted) return
      if (found.detail) rows.put([{ ...found.detail, prompt: found.detail.prompt.slice(0, 280) }])
      setKnown((before) => ({ ...before, [id]: found }))
    }
    for (const id of ids) void read(id)
    const stop = subscribe((event) => {
      if (event.type === 'reload') for (const id of ids) void read(id)
      if (event.type === 'job' && ids.includes(event.job.id)) void read(event.job.id)
      if (event.type === 'removed') for (const id of event.ids) if (ids.includes(id)) void read(id)
    })
    return () => {
      wanted = false
      stop()
    }
  }, [ids, open])

  return ids.map((id, place) => {
    const { detail = null, error = null } = known[id] ?? {}
    return { id, letter: 'ABCD'.charAt(place), row: rows.byId(id) ?? detail ?? undefined, detail, error }
  })
}
