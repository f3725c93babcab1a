import { encodeStrictly } from './sigv4'
import { s3Error } from './s3-answers'
import type { Store } from './store'
import { Refused, xml, xmlEscape, type Reply } from './wire'

const pageMax = 1000

const invalidArgument = (message: string): Refused => new Refused(s3Error(400, 'InvalidArgument', message))

/** ListObjectsV2: prefix, delimiter, paging (S3 API Reference, ListObjectsV2). */
export function listObjects(store: Store, bucket: string, query: Map<string, string>): Reply {
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const asked = Number(query.get('max-keys') ?? pageMax)
  if (!Number.isInteger(asked) || asked < 0) throw invalidArgument('Argument max-keys must be an integer')
  const max = Math.min(asked, pageMax)
  const token = query.get('continuation-token')
  const after = token === undefined ? (query.get('start-after') ?? '') : decodeToken(token)
  const url = query.get('encoding-type') === 'url'
  const shown = (text: string) => (url ? encodeStrictly(text).replaceAll('%2F', '/') : xmlEscape(text))

  const contents: string[] = []
  const folders: string[] = []
  let last = after
  let truncated = false
  for (const key of store.keys(bucket)) {
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    const folder = cut < 0 ? null : key.slice(0, cut + delimiter.length)
    if (!key.startsWith(prefix) || key <= after || (folder !== null && after.startsWith(folder))) continue
    if (folder !== null && folders.at(-1) === folder) {
      last = key
      continue
    }
    if (contents.length + folders.length >= max) {
      truncated = max > 0
      break
    }
    last = key
    if (folder === null) contents.push(key)
    else folders.push(folder)
  }
  const items = contents.map((key) => {
    const object = store.get(bucket, key)
    if (!object) return ''
    const time = new Date(object.modifiedAt).toISOString()
    const sum =
      object.checksumKind === 'none'
        ? ''
        : `<ChecksumAlgorithm>${object.checksumKind.toUpperCase()}</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>`
    return `<Contents><Key>${shown(key)}</Key><LastModified>${time}</LastModified><ETag>${xmlEscape(object.etag)}</ETag>${sum}<Size>${object.size}</Size><StorageClass>STANDARD</StorageClass></Contents>`
  })
  const common = folders.map((folder) => `<CommonPrefixes><Prefix>${shown(folder)}</Prefix></CommonPrefixes>`)
  return xml(
    [
      '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
      `<Name>${bucket}</Name><Prefix>${shown(prefix)}</Prefix><MaxKeys>${max}</MaxKeys>`,
      delimiter && `<Delimiter>${shown(delimiter)}</Delimiter>`,
      url ? '<EncodingType>url</EncodingType>' : '',
      `<KeyCount>${contents.length + folders.length}</KeyCount><IsTruncated>${truncated}</IsTruncated>`,
      token === undefined ? '' : `<ContinuationToken>${xmlEscape(token)}</ContinuationToken>`,
      truncated ? `<NextContinuationToken>${encodeToken(last)}</NextContinuationToken>` : '',
      ...items,
      ...common,
      '</ListBucketResult>',
    ].join(''),
  )
}

const tokenMark = 'after '

const encodeToken = (key: string): string => Buffer.from(tokenMark + key).toString('base64')

function decodeToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString()
  if (!text.startsWith(tokenMark)) throw invalidArgument('The continuation token provided is incorrect')
  return text.slice(tokenMark.length)
}
