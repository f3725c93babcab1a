import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { StudioError } from '@shared/problems'
import type { Picture } from './conversation'

/** Beyond so many pixels a side Claude makes images smaller itself (Claude documentation, "Vision"); sending them costs time alone. */
const longestSide = 1568

/** How large an image of these sides is sent. */
export function sizeSent({ width, height }: { width: number; height: number }): {
  width: number
  height: number
} {
  const scale = Math.min(1, longestSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** An input image as it is sent: at most {@link longestSide} pixels a side, as JPEG. Throws StudioError `not_found`. */
export async function readPicture(path: string): Promise<Picture> {
  const file = await readFile(path).catch((cause: unknown) => {
    throw new StudioError('not_found', 'asset.notFound', { cause })
  })
  const { data, info } = await sharp(file)
    .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 88 })
    .toBuffer({ resolveWithObject: true })
  return { format: 'jpeg', bytes: data, width: info.width, height: info.height }
}
