import sharp from 'sharp'
import { z } from 'zod'

/** What the API of 2026 takes for Kling 3.0 Turbo. */
const settings = z.strictObject({
  resolution: z.enum(['720p', '1080p']).optional(),
  aspect_ratio: z.enum(['16:9', '9:16', '1:1']).optional(),
  // A text is refused: lengths are numbers there.
  duration: z.int().min(3).max(15).optional(),
})
const options = z
  .strictObject({
    external_task_id: z.string().min(1).optional(),
    watermark_info: z.strictObject({ enabled: z.boolean() }).optional(),
  })
  .optional()
const NewerText = z.strictObject({ prompt: z.string().min(1).max(2500), settings, options })
const NewerImages = z.strictObject({
  contents: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('prompt'), text: z.string().min(1).max(2500) }),
      z.strictObject({ type: z.literal('first_frame'), url: z.string().min(1) }),
    ]),
  ),
  settings: settings.omit({ aspect_ratio: true }),
  options,
})

/** A body that the service does not take, in its own words. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

const Image = z.string().min(1)
const axis = z.number().min(-10).max(10).optional()

const shared = {
  model_name: z.enum(['kling-v1', 'kling-v1-6', 'kling-v2-1', 'kling-v2-5-turbo', 'kling-v2-6', 'kling-v3']),
  negative_prompt: z.string().max(2500).optional(),
  cfg_scale: z.number().min(0).max(1).optional(),
  mode: z.enum(['std', 'pro', '4k']).optional(),
  // A number is refused: lengths are texts.
  duration: z
    .string()
    .regex(/^\d{1,2}$/)
    .optional(),
  sound: z.enum(['on', 'off']).optional(),
  camera_control: z
    .strictObject({
      type: z.enum(['simple', 'down_back', 'forward_up', 'right_turn_forward', 'left_turn_forward']),
      config: z
        .strictObject({ horizontal: axis, vertical: axis, pan: axis, tilt: axis, roll: axis, zoom: axis })
        .optional(),
    })
    .optional(),
  voice_list: z
    .array(z.strictObject({ voice_id: z.string().min(1) }))
    .min(1)
    .max(2)
    .optional(),
  watermark_info: z.strictObject({ enabled: z.boolean() }).optional(),
  multi_shot: z.boolean().optional(),
  shot_type: z.enum(['customize', 'intelligence']).optional(),
  multi_prompt: z
    .array(
      z.strictObject({
        index: z.int(),
        prompt: z.string().min(1).max(512),
        // A number is refused here too.
        duration: z.string().regex(/^\d{1,2}$/),
      }),
    )
    .min(1)
    .max(6)
    .optional(),
  external_task_id: z.string().min(1).optional(),
}

const Text = z.strictObject({
  ...shared,
  prompt: z.string().min(1).max(2500),
  aspect_ratio: z.enum(['16:9', '9:16', '1:1']).optional(),
})

const Images = z.strictObject({
  ...shared,
  prompt: z.string().max(2500).optional(),
  image: Image.optional(),
  image_tail: Image.optional(),
  element_list: z
    .array(z.strictObject({ element_id: z.number() }))
    .max(3)
    .optional(),
  static_mask: Image.optional(),
  dynamic_masks: z
    .array(
      z.strictObject({
        mask: Image,
        trajectories: z
          .array(z.strictObject({ x: z.int(), y: z.int() }))
          .min(2)
          .max(77),
      }),
    )
    .max(6)
    .optional(),
})

export type TaskBody = z.output<typeof Text> & Partial<z.output<typeof Images>>

/** What a task was begun with, and what of it Kling leaves out without a word. */
export interface Taken {
  body: TaskBody
  ignored: string[]
}

/** What a task of the API of 2026 was begun with. */
export interface NewerBody {
  external: string | null
  resolution: '720p' | '1080p'
  duration: number
  /** The body as it came. */
  json: unknown
}

/** Checks a body of the API of 2026. Throws {@link Refused}. */
export async function readNewer(path: 'text-to-video' | 'image-to-video', json: unknown): Promise<NewerBody> {
  const read = (path === 'text-to-video' ? NewerText : NewerImages).safeParse(json)
  if (!read.success) {
    const [first] = read.error.issues
    throw new Refused(1201, `${(first?.path ?? []).join('.')}: ${first?.message ?? 'invalid'}`)
  }
  if ('contents' in read.data) {
    const frame = read.data.contents.find((content) => content.type === 'first_frame')
    if (!frame) throw new Refused(1201, 'first_frame is needed')
    await sizeOf('first_frame', frame.url)
  }
  const { resolution = '720p', duration = 5 } = read.data.settings
  return { external: read.data.options?.external_task_id ?? null, resolution, duration, json }
}

/** Checks a body as the service does. Throws {@link Refused}. */
export async function readBody(type: 'text2video' | 'image2video', json: unknown): Promise<Taken> {
  const read = (type === 'text2video' ? Text : Images).safeParse(json)
  if (!read.success) {
    const [first] = read.error.issues
    throw new Refused(1201, `${(first?.path ?? []).join('.')}: ${first?.message ?? 'invalid'}`)
  }
  const body = read.data as TaskBody
  const mode = body.mode ?? 'std'
  const seconds = Number(body.duration ?? '5')
  const model = body.model_name
  const say = (message: string) => {
    throw new Refused(1201, message)
  }
  const longest = model === 'kling-v3' ? 15 : 10
  if (model === 'kling-v3' ? seconds < 3 || seconds > longest : seconds !== 5 && seconds !== 10) {
    say(`duration value '${body.duration}' is invalid`)
  }
  if (mode === '4k' && model !== 'kling-v3') say(`mode value '4k' is invalid`)
  if (type === 'text2video' && model === 'kling-v2-1') say('model is not supported')
  if (body.cfg_scale !== undefined && !['kling-v1', 'kling-v1-6'].includes(model)) {
    say('cfg_scale is not supported by the model')
  }
  if (body.sound !== undefined && !['kling-v2-6', 'kling-v3'].includes(model)) {
    say('sound is not supported by the model')
  }
  if (body.sound === 'on' && model === 'kling-v2-6' && mode !== 'pro') say('sound needs mode pro')
  checkShots(body, seconds)
  checkCamera(body, mode, seconds)
  return { body, ignored: type === 'image2video' ? await checkImages(body, mode, seconds) : [] }
}

function checkShots(
  { multi_shot, shot_type, multi_prompt, element_list, voice_list, model_name }: TaskBody,
  seconds: number,
) {
  const say = (message: string) => {
    throw new Refused(1201, message)
  }
  const asked = [multi_shot, shot_type, multi_prompt, element_list].some((field) => field !== undefined)
  if (asked && model_name !== 'kling-v3') say('multi_shot and element_list are not supported by the model')
  if (multi_shot === true && shot_type === undefined) say('shot_type is needed')
  if (shot_type !== undefined && multi_shot !== true) say('shot_type needs multi_shot')
  if ((shot_type === 'customize') !== (multi_prompt !== undefined)) say('multi_prompt does not fit shot_type')
  const sum = (multi_prompt ?? []).reduce((all, { duration }) => all + Number(duration), 0)
  if (multi_prompt !== undefined && sum !== seconds) say('multi_prompt durations differ from duration')
  if (multi_prompt?.some(({ index }, place) => index !== place + 1)) say('multi_prompt index is invalid')
  if (element_list !== undefined && voice_list !== undefined)
    say('element_list and voice_list exclude each other')
}

function checkCamera({ camera_control: camera, model_name }: TaskBody, mode: string, seconds: number): void {
  if (camera === undefined) return
  if (model_name !== 'kling-v1' || mode !== 'std' || seconds !== 5) {
    throw new Refused(1201, 'camera_control is not supported by the model in this mode')
  }
  const moved = Object.values(camera.config ?? {}).filter((amount) => amount !== undefined && amount !== 0)
  if (camera.type === 'simple' ? moved.length !== 1 : camera.config !== undefined) {
    throw new Refused(1201, 'camera_control config is invalid')
  }
}

async function checkImages(body: TaskBody, mode: string, seconds: number): Promise<string[]> {
  const { image, image_tail: tail, static_mask, dynamic_masks, camera_control, model_name: model } = body
  const say = (message: string) => {
    throw new Refused(1201, message)
  }
  if (image === undefined && tail === undefined) say('image and image_tail cannot both be empty')
  const brushed = static_mask !== undefined || dynamic_masks !== undefined
  if ([tail !== undefined, brushed, camera_control !== undefined].filter(Boolean).length > 1) {
    say('image_tail, dynamic_masks/static_mask and camera_control are mutually exclusive')
  }
  const ignored: string[] = []
  if (tail !== undefined) {
    if (image === undefined && !(model === 'kling-v1-6' && mode === 'pro')) say('image_tail needs image')
    // These two take it, leave it out and charge all the same.
    if (['kling-v2-5-turbo', 'kling-v2-6'].includes(model) && mode === 'std') ignored.push('image_tail')
    else if (model === 'kling-v1' ? seconds !== 5 : model !== 'kling-v3' && mode !== 'pro') {
      say('image_tail is not supported by the model in this mode')
    }
  }
  if (brushed && (model !== 'kling-v1' || seconds !== 5))
    say('masks are not supported by the model in this mode')
  const first = image === undefined ? null : await sizeOf('image', image)
  if (tail !== undefined) await sizeOf('image_tail', tail)
  const masks = [static_mask, ...(dynamic_masks ?? []).map(({ mask }) => mask)]
  for (const mask of masks) {
    if (mask === undefined) continue
    const { width, height } = await sizeOf('mask', mask)
    if (width !== first?.width || height !== first.height) say('mask resolution differs from image')
  }
  for (const { trajectories } of dynamic_masks ?? []) {
    const inside = trajectories.every(
      ({ x, y }) => x >= 0 && y >= 0 && x <= (first?.width ?? 0) && y <= (first?.height ?? 0),
    )
    if (!inside) say('trajectories are outside of image')
  }
  return ignored
}

/** Width and height of an image in bare base64. */
async function sizeOf(field: string, data: string): Promise<{ width: number; height: number }> {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data)) throw new Refused(1201, `${field} is not base64`)
  const bytes = Buffer.from(data, 'base64')
  if (bytes.byteLength > 10 * 1024 * 1024) throw new Refused(1201, `${field} is larger than 10MB`)
  const { format, width, height } = await sharp(bytes)
    .metadata()
    .catch(() => {
      throw new Refused(1201, `${field} cannot be read`)
    })
  if (format !== 'png' && format !== 'jpeg') throw new Refused(1201, `${field} must be jpg or png`)
  const ratio = width / height
  if (Math.min(width, height) < 300 || ratio < 0.4 || ratio > 2.5) {
    throw new Refused(1201, `${field} resolution is invalid`)
  }
  return { width, height }
}
