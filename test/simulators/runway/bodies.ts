import { z } from 'zod'

// What Runway's developer API and a relay take, written from their documentation and not from the product: a field more,
// a wrong type or a value that is not listed is refused as the service would.

/** Texts are measured in UTF-16 units; a schema's own measure is another one. */
const text = z
  .string()
  .min(1)
  .refine(({ length }) => length <= 1000)
const seed = z.int().min(0).max(4_294_967_295).optional()
const contentModeration = z
  .strictObject({ publicFigureThreshold: z.enum(['auto', 'low']).optional() })
  .optional()
const gen = ['1280:720', '720:1280', '1104:832', '832:1104', '960:960', '1584:672'] as const
const veo = ['1280:720', '720:1280', '1080:1920', '1920:1080'] as const
const seconds = z.int().min(2).max(10)
const delivery = {
  outputFormat: z
    .enum([
      'mp4',
      'prores',
      'png_sequence',
      'hdr10',
      'hlg',
      'sdr_rec709_10bit',
      'hdr_pq_12bit_master',
      'hdr_prores',
      'hdr_png_sequence',
      'hdr_exr_sequence',
      'hdr_exr_acescg_sequence_1_3',
      'hdr_exr_acescg_sequence_2_0',
    ])
    .optional(),
  proresProfile: z.enum(['422', '4444', '422 Proxy', '422 LT', '422 HQ', '4444 XQ']).optional(),
}

const address = z
  .string()
  .min(13)
  .max(2048)
  .regex(/^https:\/\/(?![\d.]+[/:])/)
const uploaded = z
  .string()
  .max(5000)
  .regex(/^runway:\/\/.+/)
const inline = z
  .string()
  .min(13)
  .max(5_242_880)
  .regex(/^data:image\/(?:jpeg|png|webp);base64,[A-Za-z0-9+/]+={0,2}$/)
const image = z.union([address, uploaded, inline])

const first = z.union([
  image,
  z.array(z.strictObject({ uri: image, position: z.literal('first') })).length(1),
])
const both = z.union([
  image,
  z
    .array(z.strictObject({ uri: image, position: z.enum(['first', 'last']) }))
    .min(1)
    .max(2)
    .refine((all) => new Set(all.map(({ position }) => position)).size === all.length)
    .refine((all) => all.some(({ position }) => position === 'first')),
])

const veoRest = {
  ratio: z.enum(veo),
  duration: z.literal([4, 6, 8]).optional(),
  audio: z.boolean().optional(),
  negativePrompt: z.string().min(1).optional(),
  seed,
}

/** `POST /v1/image_to_video`. */
export const ImageToVideo = z.discriminatedUnion('model', [
  z.strictObject({
    model: z.literal('gen4_turbo'),
    promptImage: first,
    promptText: text.optional(),
    ratio: z.enum(gen),
    duration: seconds.optional(),
    seed,
    contentModeration,
  }),
  z.strictObject({
    model: z.literal('gen4.5'),
    promptImage: first,
    promptText: text,
    ratio: z.enum(gen),
    duration: seconds,
    seed,
    contentModeration,
    ...delivery,
  }),
  z.strictObject({
    model: z.literal('veo3.1'),
    promptImage: both,
    promptText: text.optional(),
    ...veoRest,
  }),
  z.strictObject({
    model: z.literal('veo3.1_fast'),
    promptImage: both,
    promptText: text.optional(),
    ...veoRest,
  }),
])

/** `POST /v1/text_to_video`. */
export const TextToVideo = z.discriminatedUnion('model', [
  z.strictObject({
    model: z.literal('gen4.5'),
    promptText: text,
    ratio: z.enum(['1280:720', '720:1280']),
    duration: seconds,
    seed,
    contentModeration,
    ...delivery,
  }),
  z.strictObject({ model: z.literal('veo3.1'), promptText: text, ...veoRest }),
  z.strictObject({ model: z.literal('veo3.1_fast'), promptText: text, ...veoRest }),
])

/** `POST /v1/uploads`. */
export const Upload = z.strictObject({ filename: z.string().min(3), type: z.literal('ephemeral') })

/** `POST /runwayml/v1/image_to_video` of a relay: the length is the one that the model's name ends in. */
export const RelayCreate = z
  .strictObject({
    // What lies on this computer is read in the clear, by a relay that is on it too.
    promptImage: z.string().regex(/^https:\/\/|^http:\/\/127\.0\.0\.1[:/]/),
    model: z.enum(['runwayml-gen4_turbo-5', 'runwayml-gen4_turbo-10']),
    promptText: z.string().max(1000).optional(),
    watermark: z.boolean().optional(),
    duration: z.literal([5, 10]).optional(),
    ratio: z.enum([...gen, '1280:768', '768:1280', '1920:1080', '1024:1024']).optional(),
    seed,
  })
  .refine(({ model, duration = 10 }) => model.endsWith(`-${duration}`), { message: 'duration' })

/** Credits of a task, by Runway's price list. */
export function creditsOf(body: {
  model: string
  duration?: number | undefined
  audio?: boolean | undefined
  outputFormat?: string | undefined
}) {
  const sound = body.audio ?? true
  const rates: Record<string, number> = {
    gen4_turbo: 5,
    'gen4.5': 12,
    'veo3.1': sound ? 40 : 20,
    'veo3.1_fast': sound ? 15 : 10,
  }
  const format = body.outputFormat ?? 'mp4'
  const more = format === 'mp4' ? 0 : ['prores', 'png_sequence'].includes(format) ? 5 : 20
  return ((rates[body.model] ?? 0) + more) * (body.duration ?? 8)
}
