import { z } from 'zod'
import { CameraControl } from './camera'
import { isWithin, modes, type Traits, type Where } from './catalog'
import { Motion } from './motion'
import { Elements, mostShots, mostShotText, MultiShot, secondsOfShots } from './shots'

const ratios = ['16:9', '9:16', '1:1'] as const
const sounds = ['off', 'on'] as const

/** Ids of up to two voices, as a person types them; a prompt speaks of them as `<<<voice_1>>>` (KlingAI API documentation). */
const Voices = z
  .string()
  .max(200)
  .check(({ value, issues }) => {
    const ids = voiceIds(value)
    if (ids.length < 1 || ids.length > 2 || ids.some((id) => !/^[\w-]{1,80}$/.test(id))) {
      issues.push({ code: 'custom', input: value, params: { key: 'kling.voices' } })
    }
  })

/** The ids in such a text. */
export function voiceIds(text: string): string[] {
  return text.split(/[\s,]+/).filter((id) => id !== '')
}

/** Every parameter that any of the models takes, under Kling's own names. */
export const KlingParams = z.object({
  mode: z.enum(modes),
  duration: z.int(),
  sound: z.enum(sounds).optional(),
  aspect_ratio: z.enum(ratios).optional(),
  negative_prompt: z.string().optional(),
  cfg_scale: z.number().optional(),
  voices: Voices.optional(),
  watermark: z.boolean().optional(),
  camera_control: CameraControl.optional(),
  motion: Motion.optional(),
  multi_shot: MultiShot.optional(),
  elements: Elements.optional(),
})
export type KlingParams = z.output<typeof KlingParams>

const ui = (place: 'chip' | 'more', control: string, more: Record<string, unknown> = {}) => ({
  'x-ui': { place, control, ...more },
})

/** Where a control works, for the page: which values of which parameters, and what it cannot be together with. */
const only = ({ modes, seconds }: Where, without: string[], needs: string[] = []) => ({
  only: { params: { mode: modes, duration: seconds }, needs, without },
})

/**
 * The parameters of one model. Mode, length and sound are always sent, since the price hangs on them: nobody pays for a default
 * that was changed at Kling's. The rest is left out when left alone.
 */
export function paramsOf(traits: Traits): z.ZodType<Record<string, unknown>> {
  const { cfg, sound, text, masks, camera, shots } = traits
  const [shortest = 5, ...longer] = traits.seconds
  const seconds = traits.seconds.includes(5) ? 5 : shortest
  const shape: Record<string, z.ZodType> = {
    mode: z
      .enum(traits.modes)
      .default('std')
      .meta({ title: 'mode', ...ui('chip', 'choice') }),
    duration: z
      .literal([shortest, ...longer])
      .default(seconds)
      .meta({ title: 'duration', ...ui('chip', 'choice', { unit: 's' }) }),
  }
  if (sound.length > 0) {
    shape['sound'] = z
      .enum(sounds)
      .default('off')
      .meta({ title: 'sound', ...ui('chip', 'choice') })
  }
  if (text) {
    shape['aspect_ratio'] = z
      .enum(ratios)
      .optional()
      .meta({ title: 'ratio', default: '16:9', ...ui('chip', 'choice') })
  }
  if (shots) {
    shape['multi_shot'] = MultiShot.optional().meta({
      title: 'multi_shot',
      ...ui('more', 'shots', { shots: { most: mostShots, text: mostShotText, of: 'duration' } }),
    })
  }
  shape['negative_prompt'] = z
    .string()
    .min(1)
    .max(2500)
    .optional()
    .meta({ title: 'negativePrompt', ...ui('more', 'text') })
  if (cfg) {
    shape['cfg_scale'] = z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({ title: 'cfg_scale', default: 0.5, ...ui('more', 'slider') })
  }
  if (sound.length > 0) {
    shape['voices'] = Voices.optional().meta({ title: 'voices', ...ui('more', 'text') })
  }
  if (shots) {
    shape['elements'] = Elements.optional().meta({
      title: 'elements',
      ...ui('more', 'text', { only: { params: {}, needs: ['first'], without: ['voices'] } }),
    })
  }
  shape['watermark'] = z
    .boolean()
    .optional()
    .meta({ title: 'watermark', default: false, ...ui('more', 'switch') })
  if (camera) {
    shape['camera_control'] = CameraControl.optional().meta({
      title: 'camera_control',
      ...ui('more', 'camera', only(camera, ['last', 'motion'])),
    })
  }
  if (masks) {
    shape['motion'] = Motion.optional().meta({
      title: 'motion',
      ...ui('more', 'motion', only(masks, ['last', 'camera_control'], ['first'])),
    })
  }
  return z.strictObject(shape).check(({ value, issues }) => {
    for (const { name, key, values = {} } of faultsOf(traits, value)) {
      issues.push({ code: 'custom', path: [name], input: value, params: { key, values } })
    }
  })
}

interface Fault {
  name: keyof KlingParams
  key: string
  values?: Record<string, string>
}

/** What is wrong among parameters that are each right by themselves. */
function faultsOf(traits: Traits, given: unknown): Fault[] {
  const read = KlingParams.safeParse(given)
  // What is wrong with a value by itself has been said already.
  if (!read.success) return []
  const { mode, duration, sound, voices, camera_control, motion, multi_shot, elements } = read.data
  const { label: model } = traits
  const faults: Fault[] = []
  const outside = (where: Where | null) => where !== null && !isWithin(where, mode, duration)
  if (sound === 'on' && !traits.sound.includes(mode)) {
    faults.push({ name: 'sound', key: 'kling.soundMode', values: { model, modes: traits.sound.join(', ') } })
  }
  if (voices !== undefined && sound !== 'on') faults.push({ name: 'voices', key: 'kling.voicesSound' })
  const shot = multi_shot === undefined ? null : secondsOfShots(multi_shot)
  if (shot !== null && shot !== duration) {
    faults.push({
      name: 'multi_shot',
      key: 'kling.shotsSum',
      values: { sum: `${shot} s`, duration: `${duration} s` },
    })
  }
  if (elements !== undefined && voices !== undefined)
    faults.push({ name: 'elements', key: 'kling.elementsVoices' })
  if (camera_control !== undefined && outside(traits.camera)) {
    faults.push({
      name: 'camera_control',
      key: 'kling.cameraWhere',
      values: { model, ...told(traits.camera) },
    })
  }
  if (motion !== undefined && outside(traits.masks)) {
    faults.push({ name: 'motion', key: 'kling.motionWhere', values: { model, ...told(traits.masks) } })
  }
  if (camera_control !== undefined && motion !== undefined) {
    faults.push({ name: 'motion', key: 'kling.exclusive' })
  }
  return faults
}

/** Modes and lengths as they stand in a sentence. */
export function told(where: Where | null): { modes: string; seconds: string } {
  return {
    modes: (where?.modes ?? []).join(', '),
    seconds: (where?.seconds ?? []).map((seconds) => `${seconds} s`).join(', '),
  }
}
