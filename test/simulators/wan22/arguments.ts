import { z } from 'zod'

/** The app's own check of its keyword arguments: a pydantic model, which converts nothing here and knows no others. */
export const Arguments = z.strictObject({
  prompt: z.string().min(1),
  negative_prompt: z.string().nullable().optional(),
  height: z.int().positive().optional(),
  width: z.int().positive().optional(),
  num_frames: z
    .int()
    .positive()
    .refine((n) => (n - 1) % 4 === 0, 'num_frames must satisfy (n - 1) % 4 == 0')
    .optional(),
  num_inference_steps: z.int().positive().optional(),
  guidance_scale: z.number().optional(),
  fps: z.int().positive().optional(),
  seed: z.int().nullable().optional(),
  image_url: z.url().nullable().optional(),
  image_base64: z.string().nullable().optional(),
  model_id: z.string().optional(),
  use_cpu_offload: z.boolean().nullable().optional(),
})
export type Arguments = z.output<typeof Arguments>

/** What is wrong with the picture of a call, as Python's decoder and Pillow would find out; null where nothing is. */
export function pictureFault({ image_base64: text }: Arguments): string | null {
  if (text === undefined || text === null) return null
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0)
    return 'binascii.Error: Incorrect padding'
  const bytes = Buffer.from(text, 'base64')
  const starts = ['ffd8ff', '89504e470d0a1a0a', '52494646']
  return starts.some((start) => bytes.toString('hex').startsWith(start))
    ? null
    : 'PIL.UnidentifiedImageError: cannot identify image file'
}

/** What the function answers beside the video. */
export function detailsOf(given: Arguments) {
  return {
    prompt: given.prompt,
    negative_prompt: given.negative_prompt ?? 'low quality',
    height: given.height ?? 704,
    width: given.width ?? 1280,
    num_frames: given.num_frames ?? 121,
    num_inference_steps: given.num_inference_steps ?? 50,
    guidance_scale: given.guidance_scale ?? 5,
    fps: given.fps ?? 24,
    seed: given.seed ?? null,
    model_id: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers',
    cpu_offload: false,
    has_image_conditioning: (given.image_base64 ?? given.image_url ?? null) !== null,
  }
}
