import { useEffect, useState } from 'react'
import { api } from '../api'

/** The names of images by their ids, as far as they are known. */
export function useAssetNames(ids: readonly string[]): Record<string, string> {
  const [names, setNames] = useState<Record<string, string>>({})
  const wanted = [...new Set(ids)].sort().join()
  useEffect(() => {
    const stop = new AbortController()
    for (const id of wanted === '' ? [] : wanted.split(',')) {
      api.assets.get({ id }, { signal: stop.signal }).then(
        ({ name }) => setNames((before) => ({ ...before, [id]: name })),
        // An image that is gone has no name; that there was one is said all the same.
        () => undefined,
      )
    }
    return () => stop.abort()
  }, [wanted])
  return names
}
