import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { isLoopback } from '../../network'
import type { WireBody } from '../../wire'
import type { Client } from './client'
import { refusalOf, strangeOf } from './errors'

/** The answer to `POST /v1/uploads` (docs.dev.runwayml.com, "Uploads"). */
const Placeholder = z.object({
  runwayUri: z.string().startsWith('runway://'),
  uploadUrl: z.url(),
  fields: z.record(z.string(), z.string()),
})

/** A file to be uploaded. */
export interface UploadFile {
  path: string
  name: string
  mime: string
  bytes: number
}

/**
 * Uploads a file for the next 24 hours and answers the `runway://` address that it has in requests. It costs nothing
 * and may be done again. `boundary` parts the form and must not occur in the file. Throws `ProviderError`.
 */
export async function upload(client: Client, file: UploadFile, boundary: string): Promise<string> {
  const name = plainName(file)
  const answer = await client.post('/v1/uploads', { filename: name, type: 'ephemeral' }, 'upload')
  const placeholder = Placeholder.safeParse(answer.json)
  if (!placeholder.success) throw strangeOf(answer, 'upload', client.account)
  const { runwayUri, uploadUrl, fields } = placeholder.data
  const url = new URL(uploadUrl)
  if (url.protocol !== 'https:' && !isLoopback(url)) throw strangeOf(answer, 'upload', client.account)
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  const stored = await client.postForeign(uploadUrl, headers, formOf(fields, { ...file, name }, boundary))
  if (stored.status < 200 || stored.status > 299) throw refusalOf(stored, 'upload', client.account)
  return runwayUri
}

/** A form with every field before the file, as the store's policies ask for; the file is read while it is sent. */
function formOf(fields: Record<string, string>, file: UploadFile, boundary: string): WireBody {
  const part = (headers: string) => `--${boundary}\r\n${headers}\r\n\r\n`
  const before = Object.entries(fields).map(
    ([name, value]) => `${part(`Content-Disposition: form-data; name="${quoted(name)}"`)}${value}\r\n`,
  )
  const head = part(
    `Content-Disposition: form-data; name="file"; filename="${quoted(file.name)}"\r\nContent-Type: ${file.mime}`,
  )
  const start = Buffer.from(before.join('') + head)
  const end = Buffer.from(`\r\n--${boundary}--\r\n`)
  return {
    bytes: start.byteLength + file.bytes + end.byteLength,
    open: () =>
      Readable.from(
        (async function* () {
          yield start
          yield* createReadStream(file.path) as AsyncIterable<Buffer>
          yield end
        })(),
      ),
  }
}

/** A name within a header (RFC 7578, section 4.2, as browsers write it). */
const quoted = (name: string) => name.replace(/["\r\n]/g, (sign) => encodeURIComponent(sign))

/** The file's name tells Runway what it is; the person's own name for it is none of its business. */
function plainName({ mime }: UploadFile): string {
  return `image.${mime.replace('image/', '').replace('jpeg', 'jpg')}`
}
