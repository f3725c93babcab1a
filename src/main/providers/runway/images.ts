import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import type { JobInput } from '@shared/contract'
import { isLoopback } from '../../network'
import { providerError } from '../../wire'
import type { Call } from '../types'
import type { Client } from './client'
import { beforeCreate } from './errors'
import { fitsInline } from './request'
import { upload } from './upload'

/**
 * Whether a service reads such an address: "HTTPS only, a domain name, at most 2048 characters" (docs.dev.runwayml.com,
 * "Inputs"). A relay on this computer reads what lies on this computer, too.
 */
function isReadable(address: string, base: string): boolean {
  if (!URL.canParse(address) || address.length > 2048) return false
  const url = new URL(address)
  if (isLoopback(url)) return isLoopback(new URL(base))
  return url.protocol === 'https:' && isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0
}

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
    if (client.account.kind === 'relay') {
      const address = await call.address(asset.id)
      if (isReadable(address, client.account.base)) return address
      throw providerError('invalid_request', 'runway.imageAddress', {
        values: { relay: client.account.name },
      })
    }
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
