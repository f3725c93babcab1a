import { z } from 'zod'
import { base, Id } from './common'

/** An input image as the studio keeps it: upright, without animation, in a format every model reads. */
export const AssetInfo = z.object({
  id: Id,
  name: z.string(),
  width: z.int(),
  height: z.int(),
  mime: z.string(),
  bytes: z.int(),
  alpha: z.boolean(),
  createdAt: z.int(),
  /** What was done to the picture on the way in, `assetNote.<note>` in the message catalogue. */
  notes: z.array(
    z.enum(['rotated', 'first_frame_only', 'converted', 'colour_converted', 'cropped', 'resized']),
  ),
})
export type AssetInfo = z.infer<typeof AssetInfo>

export const assets = {
  import: base
    .route({
      method: 'POST',
      path: '/assets',
      summary: 'Import an image: raw body or multipart',
      successStatus: 201,
    })
    .input(z.strictObject({ file: z.file() }))
    .output(AssetInfo),
  get: base
    .route({ method: 'GET', path: '/assets/{id}', summary: 'One image' })
    .input(z.strictObject({ id: Id }))
    .output(AssetInfo),
  /** A new asset cropped (around `focus`, 0 to 1) and resized to lie within a model's limits. */
  fit: base
    .route({
      method: 'POST',
      path: '/assets/{id}/fit',
      summary: 'A copy of an image, cropped and resized to a model’s limits',
      successStatus: 201,
    })
    .input(
      z.strictObject({
        id: Id,
        model: z.string(),
        ratio: z.string().max(20).optional(),
        focus: z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }).optional(),
      }),
    )
    .output(AssetInfo),
  /**
   * The last frame of a finished job's video as an asset; needs an open page to decode it. Answers at once: while the
   * page is at it with `unavailable` `media.frameLater`, and whoever calls again gets the frame when it is there.
   */
  fromLastFrame: base
    .route({
      method: 'POST',
      path: '/jobs/{id}/last-frame',
      summary: 'The last frame of a video as an image; needs an open page; ask again while it is being read',
      successStatus: 201,
    })
    .input(z.strictObject({ id: Id }))
    .output(AssetInfo),
}
