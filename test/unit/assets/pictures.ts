import { crc32 } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** A picture with detail in every part, so that no encoder can make it small or guess what is missing. */
export function picture(width = 120, height = 80): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * 31 + (at >> 7) * 17 + (at % 251)) & 0xff
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** The same with a hole in the middle. */
export async function withHole(): Promise<Sharp> {
  const pixels = await picture().ensureAlpha().raw().toBuffer()
  pixels[(40 * 120 + 60) * 4 + 3] = 0
  return sharp(pixels, { raw: { width: 120, height: 80, channels: 4 } })
}

/** Where and by whom a photo was taken. */
export const telltale = {
  IFD0: { Artist: 'Ada Secret', Copyright: 'Ada Secret' },
  IFD3: {
    GPSLatitude: '48/1 51/1 24/1',
    GPSLatitudeRef: 'N',
    GPSLongitude: '2/1 21/1 3/1',
    GPSLongitudeRef: 'E',
  },
}

/** Pixels as any reader sees them. */
export function pixelsOf(bytes: Uint8Array): Promise<Buffer> {
  return sharp(bytes).raw().toBuffer()
}

/** A PNG of two frames, the first of which is the still picture. */
export async function animatedPng(): Promise<Buffer> {
  const still = await picture(8, 8).png().toBuffer()
  const head = still.subarray(0, 33)
  const rest = still.subarray(33)
  const control = Buffer.alloc(8)
  control.writeUInt32BE(2, 0)
  return Buffer.concat([head, pngChunk('acTL', control), rest])
}

function pngChunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const chunk = Buffer.alloc(12 + body.length)
  chunk.writeUInt32BE(body.length, 0)
  named.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(named), 8 + body.length)
  return chunk
}
