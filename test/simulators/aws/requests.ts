import { isRecord } from './luma'
import { jsonError, Refused } from './wire'

// The shapes of the Bedrock Runtime requests, from the Bedrock API Reference: StartAsyncInvoke, ListAsyncInvokes.

export interface StartRequest {
  modelId: string
  modelInput: unknown
  outputDataConfig: {
    s3OutputDataConfig: { s3Uri: string; kmsKeyId?: string; bucketOwner?: string }
  }
  clientRequestToken: string
  tags: { key: string; value: string }[]
}

export interface ListRequest {
  after: number | null
  before: number | null
  status: string | null
  max: number
  nextToken: string | null
  ascending: boolean
}

export const statuses = ['InProgress', 'Completed', 'Failed'] as const

const s3Uri = /^s3:\/\/[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9](\/.*)?$/
const kmsArn =
  /^arn:aws(-[^:]+)?:kms:[a-zA-Z0-9-]*:[0-9]{12}:((key\/[a-zA-Z0-9-]{36})|(alias\/[a-zA-Z0-9-_/]+))$/
/** What the live service enforces; the printed pattern `[!-~]*` is wider. */
const token = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/
const tagText = /^[a-zA-Z0-9\s._:/=+@-]*$/

export function invalid(message: string): Refused {
  return new Refused(jsonError(400, 'ValidationException', message))
}

const constraint = (value: string | number | null, at: string, rule: string): Refused =>
  invalid(
    `1 validation error detected: Value ${value === null ? 'null' : `'${value}'`} at '${at}' failed to satisfy constraint: Member must ${rule}`,
  )

/** Reads the body of StartAsyncInvoke; throws the refusal AWS would answer. */
export function readStart(contentType: string | undefined, body: Buffer): StartRequest {
  if (contentType?.split(';')[0]?.trim() !== 'application/json')
    throw new Refused(jsonError(415, 'UnsupportedMediaTypeException', 'Expected application/json.'))
  let value: unknown
  try {
    value = JSON.parse(body.toString())
  } catch {
    throw serialization('The request body is not JSON.')
  }
  const request = object(value, '', [
    'modelId',
    'modelInput',
    'outputDataConfig',
    'clientRequestToken',
    'tags',
  ])
  const modelId = text(request['modelId'], 'modelId', /^[a-zA-Z_.\-/0-9:]+$/, 256)
  if (request['modelInput'] === undefined) throw constraint(null, 'modelInput', 'not be null')
  const output = object(request['outputDataConfig'], 'outputDataConfig', ['s3OutputDataConfig'])
  const at = 'outputDataConfig.s3OutputDataConfig'
  const s3 = object(output['s3OutputDataConfig'], at, ['s3Uri', 'kmsKeyId', 'bucketOwner'])
  return {
    modelId,
    modelInput: request['modelInput'],
    outputDataConfig: {
      s3OutputDataConfig: {
        s3Uri: text(s3['s3Uri'], `${at}.s3Uri`, s3Uri, 1024),
        ...(s3['kmsKeyId'] === undefined
          ? {}
          : { kmsKeyId: text(s3['kmsKeyId'], `${at}.kmsKeyId`, kmsArn, 2048) }),
        ...(s3['bucketOwner'] === undefined
          ? {}
          : { bucketOwner: text(s3['bucketOwner'], `${at}.bucketOwner`, /^[0-9]{12}$/, 12) }),
      },
    },
    // AWS lets it be absent; every SDK and Dailies sends one, and a submit without one could not be settled.
    clientRequestToken: text(request['clientRequestToken'], 'clientRequestToken', token, 256),
    tags: tags(request['tags']),
  }
}

function tags(value: unknown): StartRequest['tags'] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw serialization("'tags' must be a list.")
  if (value.length > 200) throw constraint(value.length, 'tags', 'have length less than or equal to 200')
  return value.map((tag: unknown, index) => {
    const at = `tags.${index + 1}.member`
    const pair = object(tag, at, ['key', 'value'])
    const key = text(pair['key'], `${at}.key`, tagText, 128)
    return { key, value: text(pair['value'], `${at}.value`, tagText, 256, 0) }
  })
}

/** An object with known members only. AWS passes over unknown ones; here a misspelt name shall be seen. */
function object(value: unknown, at: string, members: string[]): Record<string, unknown> {
  if (value === undefined || value === null) throw constraint(null, at, 'not be null')
  if (!isRecord(value)) throw serialization(`'${at}' must be a structure.`)
  for (const key of Object.keys(value))
    if (!members.includes(key)) throw invalid(`Unknown member '${at ? `${at}.` : ''}${key}'.`)
  return value
}

function text(value: unknown, at: string, pattern: RegExp, max: number, min = 1): string {
  if (value === undefined || value === null) throw constraint(null, at, 'not be null')
  if (typeof value !== 'string') throw serialization(`'${at}' must be a string.`)
  if (value.length > max) throw constraint(value, at, `have length less than or equal to ${max}`)
  if (value.length < min) throw constraint(value, at, `have length greater than or equal to ${min}`)
  if (!pattern.test(value))
    throw constraint(
      value,
      at,
      `satisfy regular expression pattern: ${pattern.source.replace(/^\^|\$$/g, '')}`,
    )
  return value
}

const serialization = (message: string): Refused =>
  new Refused(jsonError(400, 'SerializationException', message))

/** Reads the query of ListAsyncInvokes. `pageSize` is how many come when the client does not say. */
export function readList(query: Map<string, string>, pageSize: number): ListRequest {
  const known = [
    'submitTimeAfter',
    'submitTimeBefore',
    'statusEquals',
    'maxResults',
    'nextToken',
    'sortBy',
    'sortOrder',
  ]
  for (const name of query.keys()) if (!known.includes(name)) throw invalid(`Unknown parameter '${name}'.`)
  const max = Number(query.get('maxResults') ?? pageSize)
  if (!Number.isInteger(max)) throw serialization("'maxResults' must be an integer.")
  if (max < 1 || max > 1000) throw constraint(max, 'maxResults', 'have value between 1 and 1000')
  const status = choice(query, 'statusEquals', statuses)
  choice(query, 'sortBy', ['SubmissionTime'])
  return {
    after: time(query, 'submitTimeAfter'),
    before: time(query, 'submitTimeBefore'),
    status,
    max,
    nextToken: query.get('nextToken') ?? null,
    ascending: choice(query, 'sortOrder', ['Ascending', 'Descending']) === 'Ascending',
  }
}

function choice(query: Map<string, string>, name: string, values: readonly string[]): string | null {
  const value = query.get(name)
  if (value === undefined) return null
  if (!values.includes(value)) throw constraint(value, name, `satisfy enum value set: [${values.join(', ')}]`)
  return value
}

function time(query: Map<string, string>, name: string): number | null {
  const value = query.get(name)
  if (value === undefined) return null
  const at = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at)) throw serialization(`'${name}' must be a timestamp.`)
  return at
}
