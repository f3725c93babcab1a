import type { AssetInfo, InputRule } from '@shared/contract'
import { StudioError } from '@shared/problems'
import { openImage, type Prepared } from './prepare'

/** Enlarging further than this shows nothing but the enlarging. */
const mostEnlarged = 4

export interface Frame {
  left: number
  top: number
  width: number
  height: number
}
export interface FitPlan {
  crop: Frame
  width: number
  height: number
}

/** `16:9`, `16/9` or `1.78` as a number; raises `image.ratio`. */
export function parseRatio(ratio: string): number {
  const [, wide = '', high = '1'] =
    /^\s*(\d+(?:\.\d+)?)\s*(?:[:/x×]\s*(\d+(?:\.\d+)?))?\s*$/.exec(ratio) ?? []
  const value = Number(wide) / Number(high)
  if (wide === '' || !(value > 0 && Number.isFinite(value))) {
    throw new StudioError('invalid_request', 'image.ratio', { values: { ratio } })
  }
  return value
}

/** What to cut out and how large to make it, so that the image keeps to `rule`. Raises when nothing would. */
export function planFit(
  size: { width: number; height: number },
  rule: InputRule,
  ratio: number | null,
  focus: { x: number; y: number },
): FitPlan {
  const wanted = ratio ?? between(size.width / size.height, rule.minRatio, rule.maxRatio)
  if (wanted < rule.minRatio || wanted > rule.maxRatio) throw cannotFit()
  const crop = cropAround(size, wanted, focus)
  const longest = Math.max(crop.width, crop.height)
  const shortest = Math.min(crop.width, crop.height)
  const scale = Math.max(Math.min(1, rule.maxSide / longest), rule.minSide / shortest)
  if (scale > mostEnlarged) {
    throw new StudioError('invalid_request', 'image.tooSmall', {
      values: { width: crop.width, height: crop.height, min: rule.minSide },
    })
  }
  let width = Math.max(1, Math.round(crop.width * scale))
  let height = Math.max(1, Math.round(crop.height * scale))
  // Rounding may lead just past a limit.
  if (width / height > rule.maxRatio) width = Math.floor(height * rule.maxRatio)
  if (width / height < rule.minRatio) height = Math.floor(width / rule.minRatio)
  if (Math.max(width, height) > rule.maxSide || Math.min(width, height) < rule.minSide) throw cannotFit()
  return { crop, width, height }
}

/** The largest frame of a ratio inside an image, as near to `focus` as the edges allow. */
export function cropAround(
  size: { width: number; height: number },
  ratio: number,
  focus: { x: number; y: number },
): Frame {
  const width = Math.max(1, Math.min(size.width, Math.floor(size.height * ratio + 1e-6)))
  const height = Math.max(1, Math.min(size.height, Math.floor(size.width / ratio + 1e-6)))
  return {
    left: between(Math.round(focus.x * size.width - width / 2), 0, size.width - width),
    top: between(Math.round(focus.y * size.height - height / 2), 0, size.height - height),
    width,
    height,
  }
}

/** Cuts, scales and encodes so that format and bytes keep to `rule` as well. Raises when nothing would. */
export async function fitted(
  bytes: Uint8Array,
  asset: Pick<AssetInfo, 'width' | 'height' | 'mime' | 'alpha' | 'notes'>,
  rule: InputRule,
  plan: FitPlan,
): Promise<Prepared> {
  const { crop, width, height } = plan
  const cropped = crop.width !== asset.width || crop.height !== asset.height
  const resized = crop.width !== width || crop.height !== height
  const image = openImage(bytes).extract(crop).resize(width, height, { fit: 'fill' })
  for (const { mime, quality } of encodings(asset, rule)) {
    const opaque = mime === 'image/jpeg'
    const ready = opaque ? image.clone().flatten({ background: '#ffffff' }) : image.clone()
    const encoded = await ready[encoderOf[mime]](quality === null ? {} : { quality }).toBuffer()
    if (encoded.byteLength > rule.maxBytes) continue
    const added: AssetInfo['notes'] = []
    if (cropped) added.push('cropped')
    if (resized) added.push('resized')
    if (mime !== asset.mime) added.push('converted')
    const notes = [...new Set([...asset.notes, ...added])]
    return { bytes: encoded, mime, width, height, alpha: asset.alpha && !opaque, notes }
  }
  throw cannotFit()
}

const encoderOf = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const

/** Formats to try, the nearest to the original first, then smaller and smaller. */
function encodings(
  asset: Pick<AssetInfo, 'mime' | 'alpha'>,
  rule: InputRule,
): { mime: Prepared['mime']; quality: number | null }[] {
  const lossless = asset.alpha || asset.mime === 'image/png'
  return [
    ...(lossless ? [{ mime: 'image/png' as const, quality: null }] : []),
    ...[95, 88, 78].map((quality) => ({ mime: 'image/webp' as const, quality })).filter(() => asset.alpha),
    ...[95, 88, 78, 68].map((quality) => ({ mime: 'image/jpeg' as const, quality })),
    { mime: 'image/png' as const, quality: null },
  ].filter(({ mime }) => rule.mimes.includes(mime))
}

function between(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

function cannotFit(): StudioError {
  return new StudioError('invalid_request', 'image.cannotFit')
}
