import type { JobInput, WireRequest } from '@shared/contract'
import { resultUri } from '../../aws'
import type { AssetRecord, JobRecord } from '../../history'
import { LumaParams, wireModel } from './models'
import { endpointOf, type LumaPlace } from './place'

/** An image as the model takes it (Amazon Bedrock User Guide, "Luma AI models"): raw base64, no `data:` before it. */
type Keyframe = {
  type: 'image'
  source: { type: 'base64'; media_type: string; data: string }
}

/**
 * The body of StartAsyncInvoke (Amazon Bedrock API Reference). `modelInput` is an object: as a text it is refused.
 * The SDK writes the members in this very order, so that both transports send the same bytes.
 */
export interface StartBody {
  modelId: string
  modelInput: {
    prompt: string
    aspect_ratio?: string
    duration: string
    resolution: string
    loop?: boolean
    keyframes?: { frame0?: Keyframe; frame1?: Keyframe }
  }
  outputDataConfig: { s3OutputDataConfig: { s3Uri: string; kmsKeyId?: string; bucketOwner?: string } }
  clientRequestToken: string
  tags?: { key: string; value: string }[]
}

type Asked = Pick<JobRecord, 'prompt' | 'params' | 'inputs' | 'idempotencyToken'>
type Where = Pick<LumaPlace, 'bucket' | 'prefix' | 'kmsKeyId' | 'bucketOwner' | 'tags'>

/** An input image: its media type, and its bytes as base64 or what stands for them in a preview. */
export interface Frame {
  mime: string
  data: string
}

/**
 * What is sent for a job: the same job gives the same body at every start of the program, so that the service knows a
 * repeated request by its token. `frame` answers the image of an input. Throws a ZodError for parameters that never
 * passed validation.
 */
export function startBody(job: Asked, where: Where, frame: (input: JobInput) => Frame): StartBody {
  const { ratio, duration, resolution, loop } = LumaParams.parse(job.params)
  const { kmsKeyId, bucketOwner, tags = [] } = where
  const keyframes = keyframesOf(job.inputs, frame)
  return {
    modelId: wireModel,
    modelInput: {
      prompt: job.prompt,
      ...(ratio === undefined ? {} : { aspect_ratio: ratio }),
      duration,
      resolution,
      ...(loop === undefined ? {} : { loop }),
      ...(keyframes === null ? {} : { keyframes }),
    },
    outputDataConfig: {
      s3OutputDataConfig: {
        s3Uri: resultUri(where),
        ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
        ...(bucketOwner === undefined ? {} : { bucketOwner }),
      },
    },
    clientRequestToken: job.idempotencyToken,
    ...(tags.length === 0 ? {} : { tags: tags.map(({ key, value }) => ({ key, value })) }),
  }
}

function keyframesOf(inputs: readonly JobInput[], frame: (input: JobInput) => Frame) {
  const of = (role: JobInput['role']): Keyframe | null => {
    const input = inputs.find((one) => one.role === role)
    if (!input) return null
    const { mime, data } = frame(input)
    return { type: 'image', source: { type: 'base64', media_type: mime, data } }
  }
  const first = of('first')
  const last = of('last')
  if (!first && !last) return null
  return { ...(first ? { frame0: first } : {}), ...(last ? { frame1: last } : {}) }
}

/** What "Preview request" shows: the exact request, with images named instead of spelled out and nothing secret. */
export function requestOf(
  job: Asked & Pick<JobRecord, 'endpoint'>,
  place: LumaPlace,
  asset: (id: string) => AssetRecord | null,
): WireRequest {
  const body = startBody(job, place, ({ assetId }) => {
    const found = asset(assetId)
    if (!found) return { mime: 'image/png', data: `<base64 of ${assetId}>` }
    return { mime: found.mime, data: `<base64 of ${found.name}, ${size(found.bytes)}>` }
  })
  return {
    transport: 'http',
    method: 'POST',
    url: `${job.endpoint ?? endpointOf(place)}/async-invoke`,
    headers: {
      'content-type': 'application/json',
      authorization: `AWS4-HMAC-SHA256 Credential=•••/${place.region}/bedrock/aws4_request, Signature=•••`,
    },
    body,
  }
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
