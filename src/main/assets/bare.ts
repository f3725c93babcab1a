/**
 * Cuts everything out of a JPEG, PNG or WebP that is not needed to show it (EXIF with its GPS position, XMP, IPTC,
 * comments, embedded previews, further frames of an APNG) without touching a pixel. Answers the same bytes when there
 * is nothing to cut, and null when the structure is not understood.
 */
export function bare(bytes: Uint8Array, format: 'jpeg' | 'png' | 'webp'): Uint8Array | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept = cut[format](source)
  if (kept === null) return null
  const length = kept.reduce((sum, part) => sum + part.byteLength, 0)
  return length === source.byteLength ? bytes : Buffer.concat(kept)
}

/** Whether a PNG is animated: `acTL` stands before its picture. */
export function isAnimatedPng(bytes: Uint8Array): boolean {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const chunk of pngChunks(source)) {
    if (chunk.type === 'acTL') return true
    if (chunk.type === 'IDAT') return false
  }
  return false
}

const cut = { jpeg: cutJpeg, png: cutPng, webp: cutWebp }

function cutJpeg(source: Buffer): Buffer[] | null {
  const kept = [source.subarray(0, 2)]
  for (let at = 2; at + 2 <= source.length;) {
    if (source[at] !== 0xff) return null
    const marker = source[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xd9) {
      // What follows the end of the picture (previews, gain maps, a video) goes as well.
      return [...kept, source.subarray(at, at + 2)]
    }
    if (at + 4 > source.length) return null
    const end = at + 2 + source.readUInt16BE(at + 2)
    if (end > source.length) return null
    const next = marker === 0xda ? endOfScan(source, end) : end
    if (isJpegPicture(marker, source.subarray(at + 4, end))) kept.push(source.subarray(at, next))
    at = next
  }
  return null
}

/** Application segments tell about the picture, except these: JFIF, the colour profile, Adobe's colour transform. */
function isJpegPicture(marker: number, body: Buffer): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  if (marker === 0xe2) return body.toString('latin1', 0, 11) === 'ICC_PROFILE'
  return (marker === 0xe0 && body.toString('latin1', 0, 4) === 'JFIF') || marker === 0xee
}

/** The next marker after entropy-coded data: not a stuffed zero and not a restart. */
function endOfScan(source: Buffer, from: number): number {
  for (let at = source.indexOf(0xff, from); at !== -1; at = source.indexOf(0xff, at + 1)) {
    const marker = source[at + 1] ?? 0
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at
  }
  return source.length
}

const pngPicture = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI pHYs bKGD hIST'.split(' '),
)

function* pngChunks(source: Buffer): Generator<{ type: string; whole: Buffer }> {
  for (let at = 8; at + 12 <= source.length;) {
    const end = at + 12 + source.readUInt32BE(at)
    const type = source.toString('latin1', at + 4, at + 8)
    yield { type, whole: source.subarray(at, end) }
    if (type === 'IEND') return
    at = end
  }
}

function cutPng(source: Buffer): Buffer[] | null {
  const kept = [source.subarray(0, 8)]
  let ended = false
  for (const { type, whole } of pngChunks(source)) {
    if (pngPicture.has(type)) kept.push(whole)
    ended = type === 'IEND'
  }
  return ended ? kept : null
}

const webpPicture = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP'])
const webpExtended = 'VP8X'
/** Bits of VP8X that announce XMP and EXIF. */
const webpTold = 0x04 | 0x08

function cutWebp(source: Buffer): Buffer[] | null {
  const kept: Buffer[] = []
  const end = Math.min(source.length, 8 + source.readUInt32LE(4))
  for (let at = 12; at + 8 <= end;) {
    const type = source.toString('latin1', at, at + 4)
    const size = source.readUInt32LE(at + 4)
    const next = at + 8 + size + (size % 2)
    if (at + 8 + size > source.length) return null
    if (webpPicture.has(type)) {
      const whole = Buffer.from(source.subarray(at, next))
      if (type === webpExtended) whole[8] = (whole[8] ?? 0) & ~webpTold
      kept.push(whole)
    }
    at = next
  }
  const length = kept.reduce((sum, part) => sum + part.length, 4)
  const head = Buffer.from(source.subarray(0, 12))
  head.writeUInt32LE(length, 4)
  return [head, ...kept]
}
