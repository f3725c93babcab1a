import { crc32, inflateRawSync } from 'node:zlib'

/** The files of a ZIP archive by name, read by its directory as any program does; throws where a checksum is wrong. */
export function unzip(archive: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(archive)
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  const files = new Map<string, Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  for (let n = 0; n < bytes.readUInt16LE(end + 10); n += 1) {
    const [crc, packed, size] = [16, 20, 24].map((by) => bytes.readUInt32LE(at + by))
    const [title = 0, extra = 0, comment = 0] = [28, 30, 32].map((by) => bytes.readUInt16LE(at + by))
    const name = bytes.toString('utf8', at + 46, at + 46 + title)
    const head = bytes.readUInt32LE(at + 42)
    const from = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28)
    const data = inflateRawSync(bytes.subarray(from, from + (packed ?? 0)))
    if (crc32(data) !== crc || data.byteLength !== size) throw new Error(`${name} is damaged.`)
    files.set(name, data)
    at += 46 + title + extra + comment
  }
  return files
}
