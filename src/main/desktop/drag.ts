import { nativeImage, type NativeImage } from 'electron'
import sharp from 'sharp'

const width = 160

/**
 * The picture that follows the pointer: the video's poster, or `fallback` without one. It must be ready before the drag
 * begins, since no address of the studio answers while one goes on, and native images read no WebP.
 */
export async function dragIcon(poster: string | null, fallback: NativeImage): Promise<NativeImage> {
  if (poster === null) return fallback
  try {
    const image = nativeImage.createFromBuffer(await sharp(poster).resize({ width }).png().toBuffer())
    return image.isEmpty() ? fallback : image
  } catch {
    return fallback
  }
}
