import { createHash } from 'node:crypto'
import type { AnimaticSpec } from '@shared/animatic'
import type { JobInput, MediaTask, WireRequest } from '@shared/contract'
import type { JobRecord } from '../../history'
import { AnimaticParams, sizeOf } from './models'

type Asked = Pick<JobRecord, 'id' | 'prompt' | 'params' | 'inputs'>

/** The seed of a job that was given none: the same job looks the same every time it is rendered. */
export function seedOf(jobId: string): number {
  return createHash('sha256').update(jobId).digest().readUInt32BE(0)
}

/** Everything that decides the frames of a job. Throws a ZodError for parameters that never passed validation. */
export function specOf(job: Asked): AnimaticSpec {
  const { duration, fps, camera, easing, title, seed, ...shape } = AnimaticParams.parse(job.params)
  return {
    prompt: job.prompt,
    title,
    seed: seed ?? seedOf(job.id),
    ...sizeOf(shape),
    fps,
    durationMs: Math.round(duration * 1000),
    camera,
    easing,
  }
}

const imageOf = (inputs: JobInput[], role: 'first' | 'last') => {
  const found = inputs.find((input) => input.role === role)
  return found ? `media/asset/${found.assetId}/image` : null
}

/** The task a page renders; its id is the job's, so that asking twice is asking once. */
export function taskOf(job: Asked): Extract<MediaTask, { kind: 'animatic' }> {
  return {
    kind: 'animatic',
    id: job.id,
    jobId: job.id,
    spec: specOf(job),
    images: { first: imageOf(job.inputs, 'first'), last: imageOf(job.inputs, 'last') },
  }
}

/** What "Preview request" shows: the order to this computer's own renderer. */
export function requestOf(job: Asked): WireRequest {
  const { spec, images } = taskOf(job)
  return { transport: 'local', method: 'RENDER', url: 'animatic', headers: {}, body: { spec, images } }
}
