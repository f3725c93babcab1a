/** Formats that are taken in. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif'

/** What the first bytes of a file say it is; `refused` names a picture format that is not taken. */
export type Sniffed = { format: ImageFormat } | { refused: string } | null

const heic = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

/** Tells a file's kind by its content; the name is never believed. Null for what is no picture at all. */
export function sniff(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).toString(
    'latin1',
  )
  if (head.startsWith('\u00ff\u00d8\u00ff')) return { format: 'jpeg' }
  if (head.startsWith('\u0089PNG\r\n\u001a\n')) return { format: 'png' }
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return { format: 'webp' }
  if (head.startsWith('GIF8')) return { format: 'gif' }
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return { format: 'tiff' }
  if (head.startsWith('ftyp', 4)) return byBrand(head)
  if (head.startsWith('BM')) return { refused: 'BMP' }
  if (head.startsWith('%PDF-')) return { refused: 'PDF' }
  if (head.startsWith('8BPS')) return { refused: 'PSD' }
  if (head.startsWith('\u00ff\u000a') || head.startsWith('\0\0\0\u000cJXL ')) return { refused: 'JPEG XL' }
  if (head.startsWith('\0\0\u0001\0')) return { refused: 'ICO' }
  if (/^\s*(?:<\?xml[^>]*>\s*|<!--[^]*?-->\s*|<!doctype[^>]*>\s*)*<svg[\s>]/i.test(head)) {
    return { refused: 'SVG' }
  }
  return null
}

/** ISO files name their brands: the first is the main one, the rest are compatible. */
function byBrand(head: string): Sniffed {
  const length = head.charCodeAt(2) * 256 + head.charCodeAt(3)
  const brands = (head.slice(8, Math.min(length, 256)).match(/.{4}/gs) ?? []).filter((_, at) => at !== 1)
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return { format: 'avif' }
  return brands.some((brand) => heic.includes(brand)) ? { refused: 'HEIC' } : null
}
