// node scripts/icons.mjs: makes every icon of the packages from resources/icon.svg. Run it when the drawing changes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

const root = join(import.meta.dirname, '..')
const packaging = join(root, 'packaging')
const drawing = readFileSync(join(root, 'resources', 'icon.svg'), 'utf8')

/** The drawing is 32 units wide; `margin` units of air go around it. */
async function png(size, margin) {
  const side = 32 + 2 * margin
  const svg = drawing
    .replace(/viewBox="[^"]*"/, `viewBox="${-margin} ${-margin} ${side} ${side}"`)
    .replace(/width="\d+" height="\d+"/, `width="${size}" height="${size}"`)
  return sharp(Buffer.from(svg)).resize(size, size).png({ compressionLevel: 9 }).toBuffer()
}

/** Small icons need every pixel; larger ones breathe as their neighbours do. */
const airy = (size) => (size <= 32 ? 0 : 2)

/** Windows: a header of six bytes, sixteen for each picture, then the pictures, here all PNG. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  pictures.forEach(({ size, bytes }, index) => {
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(bytes.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += bytes.length
  })
  return Buffer.concat([head, ...pictures.map(({ bytes }) => bytes)])
}

/** macOS: `icns`, the length of all, and for each picture its type, its length and its PNG. */
function icns(pictures) {
  const parts = pictures.map(({ type, bytes }) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(bytes.length + 8, 4)
    return Buffer.concat([head, bytes])
  })
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4)
  return Buffer.concat([head, ...parts])
}

mkdirSync(join(packaging, 'icons'), { recursive: true })
for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
  writeFileSync(join(packaging, 'icons', `${size}x${size}.png`), await png(size, airy(size)))
}
const windows = [16, 24, 32, 48, 64, 128, 256].map(async (size) => ({
  size,
  bytes: await png(size, airy(size)),
}))
writeFileSync(join(packaging, 'icon.ico'), ico(await Promise.all(windows)))

// Apple's grid: a body of 824 in a canvas of 1024.
const apple = (32 * (1024 / 824) - 32) / 2
const types = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]
const mac = types.map(async ([type, size]) => ({ type, bytes: await png(size, apple) }))
writeFileSync(join(packaging, 'icon.icns'), icns(await Promise.all(mac)))
