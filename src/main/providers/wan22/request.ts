import type { WireRequest } from '@shared/contract'
import type { AssetRecord, JobRecord } from '../../history'
import { WanParams } from './models'

type Asked = Pick<JobRecord, 'prompt' | 'params' | 'inputs'>

/** The body of a call: the keyword arguments of the function (Cerebrium documentation, "REST API"). */
export interface PredictBody extends WanParams {
  prompt: string
  /** Without a `data:` prefix: the function decodes it as it is. */
  image_base64?: string
}

/**
 * What is sent for a job: the prompt, what the person chose, and the first frame. `image` answers an input's image as
 * base64 or what stands for it in a preview. Throws a ZodError for parameters that never passed validation.
 */
export function predictBody(job: Asked, image: (assetId: string) => string): PredictBody {
  const params = WanParams.parse(job.params)
  const first = job.inputs.find(({ role }) => role === 'first')
  return {
    prompt: job.prompt,
    ...params,
    ...(first === undefined ? {} : { image_base64: image(first.assetId) }),
  }
}

/** Where it goes, and how: the same for the call and its preview but for the key. */
export function headersOf(key: string | null): Record<string, string> {
  return {
    'content-type': 'application/json',
    // A fresh connection for each: on one kept from before, a paid request could get lost with nobody to say so.
    connection: 'close',
    accept: 'application/json',
    // Packed, the video inside could not be told from the rest as it arrives.
    'accept-encoding': 'identity',
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  }
}

/** What "Preview request" shows: the exact request, with the image named instead of spelled out and no key. */
export function requestOf(
  job: Asked & Pick<JobRecord, 'endpoint'>,
  asset: (id: string) => AssetRecord | null,
): WireRequest {
  const body = predictBody(job, (id) => {
    const found = asset(id)
    return found ? `<base64 of ${found.name}, ${size(found.bytes)}>` : `<base64 of ${id}>`
  })
  return {
    transport: 'http',
    method: 'POST',
    url: job.endpoint ?? 'https://api.aws.<region>.cerebrium.ai/v4/<project>/<app>/predict',
    headers: headersOf('•••'),
    body,
  }
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
