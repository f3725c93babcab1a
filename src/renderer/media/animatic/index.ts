import type { AnimaticSpec } from '@shared/animatic'
import { makeGallery } from './gallery'
import { makeStory, type Paint } from './story'
import type { Ctx } from './surface'
import { loadFonts } from './words/fonts'

/** The pictures an animatic is made of. */
export interface Pictures {
  first: ImageBitmap | null
  last: ImageBitmap | null
}

/**
 * Prepares an animatic: what comes back paints frame `n` into `ctx`, whose canvas has the size of the spec.
 * Nothing but the spec and the pictures decides what is painted.
 */
export async function createPainter(spec: AnimaticSpec, pictures: Pictures, ctx: Ctx): Promise<Paint> {
  await loadFonts(spec.prompt)
  ctx.imageSmoothingQuality = 'low'
  const { first, last } = pictures
  return first || last ? makeGallery(spec, first, last, ctx) : makeStory(spec, ctx)
}
