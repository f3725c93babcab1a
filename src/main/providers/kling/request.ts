import type { JobInput, WireRequest } from '@shared/contract'
import type { AssetRecord, JobRecord } from '../../history'
import { submitPath } from './doors'
import { KlingParams, voiceIds } from './params'
import { endpointOf, withPrefix, type KlingPlace } from './place'
import { elementIds, shotFields } from './shots'
import { turbo, TurboParams } from './turbo'

type Asked = Pick<JobRecord, 'model' | 'prompt' | 'params' | 'inputs' | 'idempotencyToken'>

/** How the digits of a whole number stand in a body that is shown: beyond 2^53 only as a text can they stand at all. */
function shownNumber(digits: string): unknown {
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : digits
}

/**
 * What is sent for a job. `image` answers an asset as bare base64, `whole` how a whole number of any length is written.
 */
export function bodyOf(
  job: Asked,
  image: (assetId: string) => string,
  whole: (digits: string) => unknown = shownNumber,
): Record<string, unknown> {
  return job.model === turbo.id ? newerBody(job, image) : olderBody(job, image, whole)
}

/**
 * The body of `POST /v1/videos/{type}` (KlingAI API documentation, "Text to Video", "Image to Video"). A field `model` is
 * ignored there in silence: it is `model_name`. Lengths are texts, images bare base64.
 * Throws a ZodError for parameters that never passed validation.
 */
function olderBody(
  job: Asked,
  image: (assetId: string) => string,
  whole: (digits: string) => unknown,
): Record<string, unknown> {
  const { mode, duration, sound, aspect_ratio, negative_prompt, cfg_scale, ...rest } = KlingParams.parse(
    job.params,
  )
  const { voices, watermark, camera_control, motion, multi_shot, elements } = rest
  const of = (role: JobInput['role']) => {
    const input = job.inputs.find((one) => one.role === role)
    return input && image(input.assetId)
  }
  const body = {
    model_name: job.model,
    // Only a job of images may go without a prompt, and an empty one is none.
    prompt: job.prompt === '' ? undefined : job.prompt,
    negative_prompt,
    cfg_scale,
    mode,
    duration: String(duration),
    aspect_ratio,
    sound,
    image: of('first'),
    image_tail: of('last'),
    static_mask: motion?.static_mask && image(motion.static_mask),
    dynamic_masks: motion?.dynamic_masks?.map(({ mask, trajectories }) => ({
      mask: image(mask),
      trajectories,
    })),
    camera_control,
    ...shotFields(multi_shot),
    element_list: elements && elementIds(elements).map((id) => ({ element_id: whole(id) })),
    voice_list: voices && voiceIds(voices).map((voice_id) => ({ voice_id })),
    watermark_info: watermark === undefined ? undefined : { enabled: watermark },
    external_task_id: job.idempotencyToken,
  }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
}

/**
 * The body of `POST /text-to-video/…` and `/image-to-video/…` (KlingAI API documentation, "Kling 3.0 Turbo"): lengths are
 * numbers here, and a picture is one of the contents.
 */
function newerBody(job: Asked, image: (assetId: string) => string): Record<string, unknown> {
  const { resolution, duration, aspect_ratio, watermark } = TurboParams.parse(job.params)
  const settings = { resolution, ...(aspect_ratio === undefined ? {} : { aspect_ratio }), duration }
  const options = {
    external_task_id: job.idempotencyToken,
    ...(watermark === undefined ? {} : { watermark_info: { enabled: watermark } }),
  }
  const first = job.inputs.find(({ role }) => role === 'first')
  if (!first) return { prompt: job.prompt, settings, options }
  const contents = [
    ...(job.prompt === '' ? [] : [{ type: 'prompt', text: job.prompt }]),
    { type: 'first_frame', url: image(first.assetId) },
  ]
  return { contents, settings, options }
}

/** What "Preview request" shows: the exact request, with images named instead of spelled out and nothing secret. */
export function requestOf(
  job: Asked & Pick<JobRecord, 'endpoint'>,
  place: KlingPlace,
  asset: (id: string) => AssetRecord | null,
): WireRequest {
  const root = withPrefix(place.kind, job.endpoint ?? endpointOf({ kind: place.kind }))
  return {
    transport: 'http',
    method: 'POST',
    url: `${root}${submitPath(job)}`,
    headers: { 'content-type': 'application/json', authorization: 'Bearer •••' },
    body: bodyOf(job, (id) => {
      const found = asset(id)
      return found ? `<base64 of ${found.name}, ${size(found.bytes)}>` : `<base64 of ${id}>`
    }),
  }
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
