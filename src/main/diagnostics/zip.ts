import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'

const deflate = promisify(deflateRaw)

/** A file of an archive; `name` with forward slashes. */
export interface ZipFile {
  name: string
  bytes: Uint8Array
}

const local = 0x04034b50
const central = 0x02014b50
const end = 0x06054b50
/** Names are UTF-8. */
const flags = 0x0800
const deflated = 8
const version = 20

/**
 * Packs files into a ZIP archive (PKWARE APPNOTE 4.3, without ZIP64: below 4 GiB and 65,536 files). Deflated beside
 * the main thread; `at` is the time that all of them bear, in milliseconds since 1970.
 */
export async function zip(files: readonly ZipFile[], at: number): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  const [time, date] = dosTime(at)
  let offset = 0
  for (const { name, bytes } of files) {
    const title = Buffer.from(name)
    const data = await deflate(bytes)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(version, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(deflated, 4)
    common.writeUInt16LE(time, 6)
    common.writeUInt16LE(date, 8)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(data.byteLength, 14)
    common.writeUInt32LE(bytes.byteLength, 18)
    common.writeUInt16LE(title.byteLength, 22)
    parts.push(number32(local), common, title, data)
    // Comment, disk, attributes: none. Then where the file begins.
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(number32(central), number16(version), common, rest, title)
    offset += 4 + common.byteLength + title.byteLength + data.byteLength
  }
  const list = Buffer.concat(directory)
  const tail = Buffer.alloc(18)
  tail.writeUInt16LE(files.length, 4)
  tail.writeUInt16LE(files.length, 6)
  tail.writeUInt32LE(list.byteLength, 8)
  tail.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, list, number32(end), tail])
}

function number32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32LE(value)
  return buffer
}

function number16(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeUInt16LE(value)
  return buffer
}

/** MS-DOS time and date, which know two-second steps and no zone: UTC here. */
function dosTime(at: number): [number, number] {
  const when = new Date(at)
  const year = Math.max(1980, when.getUTCFullYear())
  const time = (when.getUTCHours() << 11) | (when.getUTCMinutes() << 5) | (when.getUTCSeconds() >> 1)
  const date = ((year - 1980) << 9) | ((when.getUTCMonth() + 1) << 5) | when.getUTCDate()
  return [time, date]
}
