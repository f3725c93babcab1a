import { z } from 'zod'
import type { State, Task } from './state'
import { newTask } from './volc'

export interface RelayAnswer {
  status: number
  body: unknown
}

const Create = z.strictObject({
  model: z.literal('jimeng-video-3.0'),
  prompt: z.string().min(1),
  aspect_ratio: z.enum(['16:9', '9:16', '1:1', '4:3']).optional(),
  size: z.enum(['720P', '1080P']).optional(),
  images: z.array(z.url({ protocol: /^https?$/ })).optional(),
})

const refuse = (status: number, message: string, code: string): RelayAnswer => ({
  status,
  body: { error: { message, type: 'new_api_error', param: '', code } },
})

/** The refusal of a key that the gateway does not know. */
export const badKey = refuse(401, 'Invalid token (request id: 2026112904)', 'invalid_api_key')

/** `POST /v1/video/create`. Every job that it makes would be on the bill. */
export async function create(state: State, json: unknown): Promise<RelayAnswer> {
  const asked = Create.safeParse(json)
  if (!asked.success) return refuse(400, z.prettifyError(asked.error), 'invalid_request')
  for (const url of state.readsImages ? (asked.data.images ?? []) : []) {
    const image = await fetch(url, { redirect: 'error' })
    const type = image.headers.get('content-type')
    const bytes = (await image.arrayBuffer()).byteLength
    if (image.status !== 200 || !['image/png', 'image/jpeg'].includes(type ?? '')) {
      return refuse(
        400,
        `the image ${url} could not be read: HTTP ${image.status} ${type}`,
        'invalid_request',
      )
    }
    state.read.push({ url, type: type ?? '', bytes })
  }
  const number = String(state.tasks.size + 1).padStart(12, '0')
  const task = newTask(state, `jimeng:01930000-0000-7000-8000-${number}`, asked.data.model)
  return { status: 200, body: { id: task.id, status: 'pending', status_update_time: 0 } }
}

/** `GET /v1/video/query?id=`. */
export function query(state: State, id: string | null, addressOf: (task: Task) => string): RelayAnswer {
  const task = state.tasks.get(id ?? '')
  if (!task) return refuse(400, 'task_not_exist', 'task_not_exist')
  task.polls += 1
  // The echoed id may differ from the one that was given out, and is to be ignored.
  const told = { id: task.id.replace('jimeng:', ''), enhanced_prompt: '', status_update_time: task.polls }
  if (task.polls <= state.pollsUntilDone) {
    return {
      status: 200,
      body: { ...told, status: task.polls === 1 ? 'pending' : 'processing', video_url: null },
    }
  }
  task.state = 'done'
  if (task.ends === 'no_video')
    return { status: 200, body: { ...told, status: 'completed', video_url: null } }
  if (task.ends !== null && 'relay' in task.ends) {
    return { status: 200, body: { ...told, status: 'failed', video_url: null, error: task.ends.relay } }
  }
  return { status: 200, body: { ...told, status: 'success', video_url: addressOf(task) } }
}
