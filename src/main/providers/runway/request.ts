import type { JobInput, WireRequest } from '@shared/contract'
import type { AssetRecord, JobRecord } from '../../history'
import { models, wireModel } from './models'
import { kindOfPlace, type Kind } from './settings'

/** "The `X-Runway-Version` header is required" (docs.dev.runwayml.com, "Versioning"). */
const version = '2024-11-06'

type Asked = Pick<JobRecord, 'model' | 'prompt' | 'params' | 'inputs'>

/** What is posted for a job: the path behind the account's address, and the body. */
export interface Create {
  path: string
  body: Record<string, unknown>
}

/** Headers of every call that carries a key. A relay knows no version. */
export function headersOf(kind: Kind, key: string, body: boolean): Record<string, string> {
  return {
    authorization: `Bearer ${key}`,
    accept: 'application/json',
    ...(kind === 'official' ? { 'x-runway-version': version } : {}),
    ...(body ? { 'content-type': 'application/json' } : {}),
  }
}

/**
 * What is sent for a job. `image` answers what stands for an input image in the body. Throws a ZodError for parameters
 * that never passed validation.
 */
export function createOf(job: Asked, kind: Kind, image: (input: JobInput) => string): Create {
  const params = models.find(({ info }) => info.id === job.model)?.params.parse(job.params) ?? job.params
  return kind === 'relay' ? relayCreate(job, params, image) : officialCreate(job, params, image)
}

/** `/v1/image_to_video` or `/v1/text_to_video` (github.com/runwayml/openapi). */
function officialCreate(
  job: Asked,
  { publicFigureThreshold, ...params }: Record<string, unknown>,
  image: (input: JobInput) => string,
): Create {
  const images = imagesOf(job.inputs, image)
  const [only] = images
  const promptImage = images.length > 1 ? images : only?.uri
  return {
    path: images.length > 0 ? '/v1/image_to_video' : '/v1/text_to_video',
    body: {
      model: wireModel(job.model, params['duration']),
      ...(promptImage === undefined ? {} : { promptImage }),
      ...textOf(job),
      ...params,
      ...(publicFigureThreshold === undefined ? {} : { contentModeration: { publicFigureThreshold } }),
    },
  }
}

/** `POST /runwayml/v1/image_to_video` as relays of this family document it (yunwu.apifox.cn, "Runway"). */
function relayCreate(
  job: Asked,
  params: Record<string, unknown>,
  image: (input: JobInput) => string,
): Create {
  const [first] = imagesOf(job.inputs, image)
  return {
    path: '/runwayml/v1/image_to_video',
    body: {
      promptImage: first?.uri,
      model: wireModel(job.model, params['duration']),
      ...textOf(job),
      ...params,
    },
  }
}

/** An empty text is refused; one that was not written is left out. */
function textOf({ prompt }: Asked): { promptText?: string } {
  return prompt === '' ? {} : { promptText: prompt }
}

function imagesOf(
  inputs: readonly JobInput[],
  image: (input: JobInput) => string,
): { uri: string; position: 'first' | 'last' }[] {
  return (['first', 'last'] as const).flatMap((position) => {
    const input = inputs.find(({ role }) => role === position)
    return input ? [{ uri: image(input), position }] : []
  })
}

/** What "Preview request" shows: the exact request, with images named instead of spelled out and nothing secret. */
export function requestOf(
  job: Asked & Pick<JobRecord, 'endpoint' | 'place'>,
  asset: (id: string) => AssetRecord | null,
): WireRequest {
  const kind = kindOfPlace(job)
  const { path, body } = createOf(job, kind, ({ assetId }) => {
    const found = asset(assetId)
    if (!found) return `<image ${assetId}>`
    if (kind === 'relay') return `<https address of ${found.name}>`
    return fitsInline(found)
      ? `data:${found.mime};base64,<${found.name}>`
      : `runway://<upload of ${found.name}>`
  })
  return {
    transport: 'http',
    method: 'POST',
    url: `${job.endpoint ?? ''}${path}`,
    headers: headersOf(kind, '•••', true),
    body,
  }
}

/** Characters of a data URI, the whole of it (github.com/runwayml/openapi: "maxLength": 5242880). */
const mostInline = 5_242_880

/** Whether an image goes into the body as a data URI; a larger one is uploaded. */
export function fitsInline({ mime, bytes }: Pick<AssetRecord, 'mime' | 'bytes'>): boolean {
  return `data:${mime};base64,`.length + 4 * Math.ceil(bytes / 3) <= mostInline
}
