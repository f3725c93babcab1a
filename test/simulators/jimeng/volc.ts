import { z } from 'zod'
import type { State, Task } from './state'

/** An answer of the service behind the gateway. */
export interface VolcAnswer {
  status: number
  body: { code: number; data: unknown; message: string; request_id: string; status: number }
}

const say = (status: number, code: number, message: string, data: unknown = null): VolcAnswer => ({
  status,
  body: { code, data, message, request_id: `req-${code}`, status: code },
})

const mostBytes = 4.7 * 1024 * 1024

const Picture = z.string().refine((text) => {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return false
  const bytes = Buffer.from(text, 'base64')
  const png = bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))
  const jpeg = bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))
  return (png || jpeg) && bytes.byteLength <= mostBytes
}, 'not a JPEG or PNG of at most 4.7 MB as raw base64')

const prompt = z.string().min(1).max(800)
const common = {
  seed: z.int().min(-1).optional(),
  frames: z.literal([121, 241]).optional(),
}
const aspect_ratio = z.enum(['16:9', '4:3', '1:1', '3:4', '9:16', '21:9']).optional()
const pictures = (count: number) => z.array(Picture).length(count)

const text = <K extends string>(req_key: K) =>
  z.strictObject({ req_key: z.literal(req_key), prompt, aspect_ratio, ...common })
const frames = <K extends string>(req_key: K, count: number) =>
  z.strictObject({
    req_key: z.literal(req_key),
    prompt: prompt.optional(),
    binary_data_base64: pictures(count),
    ...common,
  })

/** What each service takes, and nothing besides. */
const Submit = z.discriminatedUnion('req_key', [
  text('jimeng_t2v_v30'),
  text('jimeng_t2v_v30_1080p'),
  frames('jimeng_i2v_first_v30', 1),
  frames('jimeng_i2v_first_v30_1080', 1),
  frames('jimeng_i2v_first_tail_v30', 2),
  frames('jimeng_i2v_first_tail_v30_1080', 2),
  z.strictObject({
    req_key: z.literal('jimeng_i2v_recamera_v30'),
    prompt: prompt.optional(),
    binary_data_base64: pictures(1),
    template_id: z.enum([
      'hitchcock_dolly_in',
      'hitchcock_dolly_out',
      'robo_arm',
      'dynamic_orbit',
      'central_orbit',
      'crane_push',
      'quick_pull_back',
      'counterclockwise_swivel',
      'clockwise_swivel',
      'handheld',
      'rapid_push_pull',
    ]),
    camera_strength: z.enum(['weak', 'medium', 'strong']).optional(),
    ...common,
  }),
  z
    .strictObject({
      req_key: z.literal('jimeng_ti2v_v30_pro'),
      prompt: prompt.optional(),
      binary_data_base64: pictures(1).optional(),
      aspect_ratio,
      ...common,
    })
    .refine(({ prompt, binary_data_base64: images }) => prompt !== undefined || images !== undefined)
    .refine(({ aspect_ratio, binary_data_base64: images }) => !aspect_ratio || !images),
])

const GetResult = z.strictObject({
  req_key: z.string(),
  task_id: z.string().min(1),
  req_json: z.string().optional(),
})

/** CVSync2AsyncSubmitTask. Every task that it makes would be on the bill. */
export function submitTask(state: State, json: unknown): VolcAnswer {
  if (!state.opened) return say(400, 50400, 'Access Denied')
  const asked = Submit.safeParse(json)
  if (!asked.success) {
    return say(400, 50215, `Input invalid for this service: ${z.prettifyError(asked.error)}`)
  }
  const running = [...state.tasks.values()].filter((task) => task.state === 'running')
  if (running.length >= state.concurrency) {
    return say(429, 50430, 'Request Has Reached API Concurrent Limit, Please Try Later')
  }
  const task = newTask(
    state,
    `73926163365196${String(state.tasks.size + 1).padStart(5, '0')}`,
    asked.data.req_key,
  )
  return say(200, 10000, 'Success', { task_id: task.id })
}

/** CVSync2AsyncGetResult. */
export function getResult(state: State, json: unknown, addressOf: (task: Task) => string): VolcAnswer {
  if (!state.opened) return say(400, 50400, 'Access Denied')
  const asked = GetResult.safeParse(json)
  if (!asked.success) return say(400, 50215, 'Input invalid for this service')
  const task = state.tasks.get(asked.data.task_id)
  // Another service knows nothing of it.
  if (!task || task.of !== asked.data.req_key) return say(200, 10000, 'Success', { status: 'not_found' })
  task.polls += 1
  if (task.state === 'expired') return say(200, 10000, 'Success', { status: 'expired' })
  if (task.polls <= state.pollsUntilDone) {
    return say(200, 10000, 'Success', { status: task.polls === 1 ? 'in_queue' : 'generating' })
  }
  task.state = 'done'
  if (task.ends === 'no_video') return say(200, 10000, 'Success', { status: 'done' })
  if (task.ends !== null && 'code' in task.ends) return say(400, task.ends.code, task.ends.message)
  return say(200, 10000, 'Success', { status: 'done', video_url: addressOf(task), aigc_meta_tagged: true })
}

export function newTask(state: State, id: string, of: string): Task {
  const task: Task = { id, of, polls: 0, state: 'running', ends: state.nextEnd, version: 1 }
  state.nextEnd = null
  state.tasks.set(id, task)
  return task
}
