import type { AssetInfo } from '@shared/contract'
import { api } from './client'
import { problemOf } from './problem'

/** The last frame of a job's video as an image; asks again for as long as it is being read. Throws as the call does. */
export async function readLastFrame(id: string): Promise<AssetInfo> {
  for (;;) {
    try {
      return await api.assets.fromLastFrame({ id })
    } catch (error) {
      if (problemOf(error).key !== 'media.frameLater') throw error
    }
  }
}
