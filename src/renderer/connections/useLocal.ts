import { useEffect, useState } from 'react'
import { api } from '../api'

/** What this computer offers for signing in: names only. */
export type Local = Awaited<ReturnType<typeof api.connections.local>>

/** Asks once what this computer offers; null until it is known, or where the provider has no such thing. */
export function useLocal(provider: string, offered: boolean): Local | null {
  const [local, setLocal] = useState<Local | null>(null)
  useEffect(() => {
    if (!offered) return undefined
    const stop = new AbortController()
    api.connections.local({ provider }, { signal: stop.signal }).then(
      (answer) => setLocal(answer),
      // Without an answer the names are typed.
      () => undefined,
    )
    return () => stop.abort()
  }, [provider, offered])
  return local
}
