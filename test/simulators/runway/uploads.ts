import { randomUUID } from 'node:crypto'
import { Upload } from './bodies'
import { partsOf } from './form'
import { parsed } from './http'
import type { Reply, Request, World } from './runway'

/** `POST /v1/uploads`: where a file may be put, and the form to put it with. */
export function beginUpload(world: World, { body }: Request): Reply {
  const read = Upload.safeParse(parsed(body))
  if (!read.success) return { status: 400, body: { error: 'Validation of body failed' } }
  const token = randomUUID()
  const uri = `runway://${randomUUID()}`
  world.uploads.push({ uri, token, filename: read.data.filename, bytes: null })
  return {
    status: 200,
    body: {
      runwayUri: uri,
      uploadUrl: `${world.storeUrl()}/bucket`,
      fields: { key: `uploads/${token}`, 'x-amz-algorithm': 'AWS4-HMAC-SHA256', policy: 'eyJ9', token },
    },
  }
}

/** The store takes a form of which the file is the last part, as its policies ask for. */
export function storeUpload(world: World, { method, path, headers, body }: Request): Reply {
  if (method !== 'POST' || path !== '/bucket') return { status: 404, body: {} }
  let parts: ReturnType<typeof partsOf>
  try {
    parts = partsOf(body, headers['content-type'] ?? '')
  } catch (error) {
    return { status: 400, body: { error: String(error) } }
  }
  const file = parts.at(-1)
  if (file?.name !== 'file' || file.filename === null || file.type === null) {
    return { status: 400, body: { error: 'the file is not the last part' } }
  }
  const names = parts.slice(0, -1).map(({ name }) => name)
  if (names.join() !== 'key,x-amz-algorithm,policy,token') {
    return { status: 403, body: { error: 'the fields are not those of the policy' } }
  }
  const token = parts.find(({ name }) => name === 'token')?.bytes.toString()
  const upload = world.uploads.find((one) => one.token === token)
  if (!upload || file.filename !== upload.filename) return { status: 403, body: { error: 'no such upload' } }
  upload.bytes = Buffer.from(file.bytes)
  return { status: 204 }
}
