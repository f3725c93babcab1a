import { promisify } from 'node:util'
import { zip as pack, type AsyncZippable } from 'fflate'

const packed = promisify<AsyncZippable, Uint8Array<ArrayBuffer>>(pack)

/** A file of an archive; `name` with forward slashes. */
export interface ZipFile {
  name: string
  bytes: Uint8Array
}

/**
 * Packs files into a ZIP archive, beside the main thread; `at` is the time that all of them bear, in milliseconds since
 * 1970.
 */
export async function zip(files: readonly ZipFile[], at: number): Promise<Buffer<ArrayBuffer>> {
  const entries: AsyncZippable = {}
  for (const { name, bytes } of files) entries[name] = [bytes, { mtime: at }]
  const archive = await packed(entries)
  return Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
}
