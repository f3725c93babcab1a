import type { JobDetail, JobRow } from '@shared/contract'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { api, subscribe, useConnection } from '../../api'
import { rows } from './store'

/** The row of one card, undefined while it is not at hand; draws again only when this row changes. */
export function useRow(seq: number): JobRow | undefined {
  const listen = useCallback((listener: () => void) => rows.listen(seq, listener), [seq])
  return useSyncExternalStore(listen, () => rows.get(seq))
}

/** The row of a job by its id; asked for when it is not at hand. Undefined for null and until it is known. */
export function useRowById(id: string | null): JobRow | undefined {
  const listen = useCallback((listener: () => void) => rows.listen(id ?? '', listener), [id])
  const row = useSyncExternalStore(listen, () => (id === null ? undefined : rows.byId(id)))
  const missing = id !== null && row === undefined
  useEffect(() => {
    if (!missing) return
    // A job that is gone stays unknown; whoever needs the reason asks for its detail.
    api.jobs.get({ id }).then((detail) => rows.put([rowOf(detail)]), ignore)
  }, [id, missing])
  return row
}

export interface DetailState {
  detail: JobDetail | null
  /** Why there is no detail, as the call threw it. */
  error: unknown
  reload: () => void
}

/** Everything about one job with its events; read again whenever the job changes. */
export function useDetail(id: string | null): DetailState {
  const [known, setKnown] = useState<{ id: string; detail: JobDetail | null; error: unknown } | null>(null)
  const again = useRef<(() => void) | null>(null)
  const open = useConnection() === 'open'

  useEffect(() => {
    if (id === null || !open) return
    let asked = 0
    const read = () => {
      asked += 1
      const own = asked
      api.jobs.get({ id }).then(
        (detail) => {
          if (own !== asked) return
          rows.put([rowOf(detail)])
          setKnown({ id, detail, error: null })
        },
        (error: unknown) => {
          if (own !== asked) return
          setKnown((last) => ({ id, detail: last?.id === id ? last.detail : null, error }))
        },
      )
    }
    again.current = read
    read()
    const stop = subscribe((event) => {
      if (event.type === 'reload' || (event.type === 'job' && event.job.id === id)) read()
    })
    return () => {
      asked = -1
      again.current = null
      stop()
    }
  }, [id, open])

  const reload = useCallback(() => again.current?.(), [])
  const current = known?.id === id ? known : null
  return { detail: current?.detail ?? null, error: current?.error ?? null, reload }
}

/** A detail as a row: the prompt cut as in every row. */
function rowOf(detail: JobDetail): JobRow {
  return { ...detail, prompt: detail.prompt.slice(0, 280) }
}

function ignore(): void {}
