import type { AssetInfo } from '@shared/contract'
import { useEffect, useState } from 'react'
import { api } from '../api'

const known = new Map<string, AssetInfo>()

/** What the studio knows of an image; assets never change, so each is asked for once. Null until known. */
export function useAsset(id: string): AssetInfo | null {
  const [asset, setAsset] = useState(known.get(id) ?? null)
  useEffect(() => {
    if (asset?.id === id) return undefined
    let wanted = true
    api.assets.get({ id }).then(
      (info) => {
        known.set(id, info)
        if (wanted) setAsset(info)
      },
      // An image that is gone is shown without its name; the job's facts say nothing else of it.
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [id, asset])
  return asset
}
