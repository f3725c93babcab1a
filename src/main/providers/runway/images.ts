import { readFile } from 'node:fs/promises'
import type { JobInput } from '@shared/contract'
import { providerError } from '../../wire'
import type { Call } from '../types'
import type { Client } from './client'
import { beforeCreate } from './errors'
import { fitsInline } from './request'
import { upload } from './upload'

/**
 * Brings the images of a job to where its request can name them: at a relay an address, at Runway a data URI, and an
 * upload for what is larger. Throws `ProviderError` with nothing begun, so that all of it may be done again.
 */
export async function imagesOf(
  call: Pick<Call, 'assets' | 'address'>,
  client: Client,
  boundary: () => string,
): Promise<(input: JobInput) => string> {
  const uris = new Map<string, string>()
  for (const { asset, path } of call.assets) {
    if (!uris.has(asset.id)) uris.set(asset.id, await uriOf(asset, path))
  }
  return ({ assetId }) => {
    const uri = uris.get(assetId)
    if (uri === undefined) throw providerError('invalid_request', 'asset.notFound')
    return uri
  }

  async function uriOf(asset: Call['assets'][number]['asset'], path: string): Promise<string> {
    if (client.account.kind === 'relay') return call.address(asset.id)
    const { name, mime, bytes } = asset
    if (!fitsInline(asset)) {
      return upload(client, { path, name, mime, bytes }, boundary()).catch((error: unknown) => {
        throw beforeCreate(error)
      })
    }
    const data = await readFile(path).catch((error: unknown) => {
      throw providerError('invalid_request', 'asset.notFound', {}, error)
    })
    return `data:${mime};base64,${data.toString('base64')}`
  }
}
