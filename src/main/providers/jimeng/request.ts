import type { JobInput, WireRequest } from '@shared/contract'
import type { AssetRecord, JobRecord } from '../../history'
import { JimengParams, JimengProParams, JimengRelayParams, relayModel } from './models'
import { region, service } from './sign'

type Asked = Pick<JobRecord, 'model' | 'prompt' | 'params' | 'inputs'>

/** Body of CVSync2AsyncSubmitTask (Volcengine docs 85621); what the person left alone is not in it. */
export interface SubmitBody {
  req_key: string
  prompt?: string
  binary_data_base64?: string[]
  seed?: number
  frames?: number
  aspect_ratio?: string
  template_id?: string
  camera_strength?: string
}

/** Body of a relay's `POST /v1/video/create` (yunwu.apifox.cn, unified video format). */
export interface CreateBody {
  model: string
  prompt: string
  aspect_ratio?: string
  size?: string
  images?: string[]
}

/**
 * The service that makes such a video: Volcengine has one for each way of asking. The names at 1080P are as the vendor
 * spells them, with and without `p`. Throws a ZodError for parameters that never passed validation.
 */
export function reqKeyOf({ model, params, inputs }: Pick<Asked, 'model' | 'params' | 'inputs'>): string {
  if (model === 'jimeng-3-pro') return 'jimeng_ti2v_v30_pro'
  const { resolution, template_id: template } = JimengParams.parse(params)
  const has = (role: JobInput['role']) => inputs.some((one) => one.role === role)
  if (template !== undefined) return 'jimeng_i2v_recamera_v30'
  const full = resolution === '1080P'
  if (has('last')) return full ? 'jimeng_i2v_first_tail_v30_1080' : 'jimeng_i2v_first_tail_v30'
  if (has('first')) return full ? 'jimeng_i2v_first_v30_1080' : 'jimeng_i2v_first_v30'
  return full ? 'jimeng_t2v_v30_1080p' : 'jimeng_t2v_v30'
}

/** What is sent to Volcengine for a job. `data` answers the base64 of an input image, first frame before last. */
export function submitBody(job: Asked, data: (input: JobInput) => string): SubmitBody {
  const images = (['first', 'last'] as const).flatMap((role) => job.inputs.filter((one) => one.role === role))
  return {
    req_key: reqKeyOf(job),
    ...(job.prompt === '' ? {} : { prompt: job.prompt }),
    ...(images.length === 0 ? {} : { binary_data_base64: images.map(data) }),
    ...chosen(job),
  }
}

function chosen({ model, params }: Asked): Omit<SubmitBody, 'req_key' | 'prompt' | 'binary_data_base64'> {
  const read =
    model === 'jimeng-3-pro'
      ? JimengProParams.parse(params)
      : (({ resolution: _in, ...rest }) => rest)(JimengParams.parse(params))
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** What is sent to a relay for a job; `address` answers where the relay reads an image. */
export function createBody(job: Asked, address: (input: JobInput) => string): CreateBody {
  const { aspect_ratio, size } = JimengRelayParams.parse(job.params)
  return {
    model: relayModel,
    prompt: job.prompt,
    ...(aspect_ratio === undefined ? {} : { aspect_ratio }),
    ...(size === undefined ? {} : { size }),
    ...(job.inputs.length === 0 ? {} : { images: job.inputs.map(address) }),
  }
}

/** The address of an action (Volcengine docs 85621). */
export function actionUrl(endpoint: string, action: 'SubmitTask' | 'GetResult'): string {
  return `${endpoint}/?Action=CVSync2Async${action}&Version=2022-08-31`
}

/** What "Preview request" shows: the exact request, with images named instead of spelled out and nothing secret. */
export function requestOf(
  job: Asked,
  { kind, endpoint }: { kind: 'official' | 'relay'; endpoint: string },
  asset: (id: string) => AssetRecord | null,
): WireRequest {
  const name = ({ assetId }: JobInput) => asset(assetId)?.name ?? assetId
  if (kind === 'relay') {
    return {
      transport: 'http',
      method: 'POST',
      url: `${endpoint}/v1/video/create`,
      headers: { 'content-type': 'application/json', authorization: 'Bearer •••' },
      body: createBody(job, (input) => `<address of ${name(input)}>`),
    }
  }
  return {
    transport: 'http',
    method: 'POST',
    url: actionUrl(endpoint, 'SubmitTask'),
    headers: {
      'content-type': 'application/json',
      authorization: `HMAC-SHA256 Credential=•••/${region}/${service}/request, Signature=•••`,
    },
    body: submitBody(job, (input) => `<base64 of ${name(input)}>`),
  }
}
