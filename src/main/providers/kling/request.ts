import type { JobInput, WireRequest } from '@shared/contract'
import type { AssetRecord, JobRecord } from '../../history'
import { KlingParams } from './params'
import { endpointOf, withPrefix, type KlingPlace } from './place'

/** The two doors of Kling's API; a task is asked for at the one that it was begun at. */
export const taskTypes = ['text2video', 'image2video'] as const
export type TaskType = (typeof taskTypes)[number]

type Asked = Pick<JobRecord, 'model' | 'prompt' | 'params' | 'inputs' | 'idempotencyToken'>

/** Which door a job goes through: one with a frame is a job of images. */
export function typeOf({ inputs }: Pick<JobRecord, 'inputs'>): TaskType {
  return inputs.some(({ role }) => role === 'first' || role === 'last') ? 'image2video' : 'text2video'
}

/**
 * The body of `POST /v1/videos/{type}` (KlingAI API documentation, "Text to Video", "Image to Video"). A field `model` is
 * ignored there in silence: it is `model_name`. Lengths are texts, images bare base64. `image` answers that of an asset.
 * Throws a ZodError for parameters that never passed validation.
 */
export function bodyOf(job: Asked, image: (assetId: string) => string): Record<string, unknown> {
  const { mode, duration, sound, aspect_ratio, negative_prompt, cfg_scale, camera_control, motion } =
    KlingParams.parse(job.params)
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
    external_task_id: job.idempotencyToken,
  }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
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
    url: `${root}/v1/videos/${typeOf(job)}`,
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
