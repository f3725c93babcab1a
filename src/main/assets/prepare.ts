import type { AssetInfo } from '@shared/contract'
import { StudioError } from '@shared/problems'
import sharp, { type Metadata, type Sharp } from 'sharp'
import { bare, isAnimatedPng } from './bare'
import { acceptedFormat, damaged, mostSide } from './refuse'
import { sniff, type ImageFormat } from './sniff'

/** An image as it will be stored. */
export interface Prepared {
  bytes: Uint8Array
  mime: 'image/jpeg' | 'image/png' | 'image/webp'
  width: number
  height: number
  /** Some pixel is not fully opaque. */
  alpha: boolean
  notes: AssetInfo['notes']
}

export const thumbSide = 320

/** Opens image bytes the one way that is safe: bounded in pixels, failing where the file breaks off. */
export function openImage(bytes: Uint8Array): Sharp {
  return sharp(bytes, { failOn: 'truncated', limitInputPixels: mostSide * mostSide })
}

/** A WebP of at most 320 pixels a side; decodes the whole image. */
export function thumbnail(bytes: Uint8Array): Promise<Buffer> {
  return openImage(bytes)
    .resize(thumbSide, thumbSide, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 78 })
    .toBuffer()
}

/**
 * Checks an image and brings it to what every model reads: upright, sRGB, 8 bits, one frame, JPEG, PNG or WebP.
 * Pixels are encoded again only where one of these asks for it. Raises StudioError with one sentence per refusal.
 */
export async function prepare(bytes: Uint8Array, name: string): Promise<Prepared & { thumb: Uint8Array }> {
  if (bytes.byteLength === 0) throw new StudioError('invalid_request', 'image.empty')
  const format = acceptedFormat(sniff(bytes), name)
  try {
    const found = await sharp(bytes, { failOn: 'truncated', limitInputPixels: false }).metadata()
    refuseGiants(found)
    const animatedPng = format === 'png' && isAnimatedPng(bytes)
    const notes = notesOn(format, found, animatedPng)
    const kept = notes.every((note) => note === 'first_frame_only' && animatedPng)
      ? verbatim(bytes, format)
      : null
    const stored = kept ?? (await encoded(bytes, format))
    // Decoding all of it is the only proof that it is whole; the thumbnail does that on the way.
    const thumb = await thumbnail(stored.bytes)
    const { width, height, hasAlpha } = await openImage(stored.bytes).metadata()
    const alpha = hasAlpha && !(await openImage(stored.bytes).stats()).isOpaque
    return { ...stored, width, height, alpha, notes, thumb }
  } catch (error) {
    if (error instanceof StudioError) throw error
    throw damaged(name, error)
  }
}

function refuseGiants({ width, height }: Metadata): void {
  if (width <= mostSide && height <= mostSide) return
  throw new StudioError('too_large', 'image.tooLarge', { values: { width, height, limit: mostSide } })
}

function notesOn(format: ImageFormat, found: Metadata, animatedPng: boolean): AssetInfo['notes'] {
  const animated = animatedPng || (found.pages ?? 1) > 1
  const notes: AssetInfo['notes'] = []
  if ((found.orientation ?? 1) > 1) notes.push('rotated')
  if (animated) notes.push('first_frame_only')
  if (format === 'gif' || format === 'tiff' || format === 'avif' || (format === 'webp' && animated)) {
    notes.push('converted')
  }
  if (needsColour(found)) notes.push('colour_converted')
  return notes
}

function needsColour({ space, depth, icc }: Metadata): boolean {
  if (depth !== 'uchar' || (space !== 'srgb' && space !== 'b-w')) return true
  // Profiles name themselves in ASCII or UTF-16; the one that is sRGB anyway may stay.
  return icc !== undefined && !/sRGB/i.test(icc.toString('latin1').replaceAll('\0', ''))
}

function verbatim(bytes: Uint8Array, format: ImageFormat): Pick<Prepared, 'bytes' | 'mime'> | null {
  if (format !== 'jpeg' && format !== 'png' && format !== 'webp') return null
  const kept = bare(bytes, format)
  return kept && { bytes: kept, mime: `image/${format}` }
}

/** Sharp leaves all metadata behind and converts to sRGB on its own. */
async function encoded(bytes: Uint8Array, format: ImageFormat): Promise<Pick<Prepared, 'bytes' | 'mime'>> {
  const image = openImage(bytes).autoOrient().toColourspace('srgb')
  return format === 'jpeg'
    ? { bytes: await image.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(), mime: 'image/jpeg' }
    : { bytes: await image.png().toBuffer(), mime: 'image/png' }
}
