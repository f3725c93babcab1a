import { createHash } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StudioError } from '@shared/problems'

/** No picture or animatic comes near this; what does is a page gone wrong. */
export const spoolLimit = 512 * 1024 * 1024

/** One file being handed in by a page: strictly in order, hashed as it comes, never longer than allowed. */
export class Spool {
  #file: Promise<FileHandle> | null = null
  #hash = createHash('sha256')
  #taken = 0
  #tail: Promise<void> = Promise.resolve()
  #shut = false

  constructor(
    readonly path: string,
    private readonly limit = spoolLimit,
  ) {}

  /**
   * Takes the next bytes. Throws `invalid_request` when they do not follow on, `too_large` past the limit,
   * `storage` when the disk refuses them.
   */
  async append(offset: number, chunk: Uint8Array): Promise<void> {
    if (this.#shut || offset !== this.#taken)
      throw new StudioError('invalid_request', 'media.offset', { values: { expected: this.#taken, offset } })
    if (offset + chunk.byteLength > this.limit) throw new StudioError('too_large', 'media.tooLarge')
    this.#taken += chunk.byteLength
    this.#hash.update(chunk)
    const before = this.#tail
    const written = (async () => {
      await before
      this.#file ??= mkdir(dirname(this.path), { recursive: true }).then(() => open(this.path, 'wx', 0o600))
      const file = await this.#file
      let from = 0
      while (from < chunk.byteLength) {
        const { bytesWritten } = await file.write(chunk, from, chunk.byteLength - from, offset + from)
        from += bytesWritten
      }
    })()
    this.#tail = written
    try {
      await written
    } catch (cause) {
      throw new StudioError('storage', 'media.disk', { cause })
    }
  }

  /** Nothing follows: writes through to the disk. Throws `invalid_request` unless length and sha256 agree. */
  async seal(bytes: number, sha256: string): Promise<void> {
    this.#shut = true
    try {
      await this.#tail
      await (await this.#file)?.sync()
    } catch (cause) {
      throw new StudioError('storage', 'media.disk', { cause })
    }
    await this.#close()
    if (bytes !== this.#taken || this.#hash.digest('hex') !== sha256)
      throw new StudioError('invalid_request', 'media.damaged')
  }

  /** Closes and removes whatever was written. */
  async discard(): Promise<void> {
    this.#shut = true
    await this.#tail.catch(() => undefined)
    await this.#close()
    await rm(this.path, { force: true })
  }

  async #close(): Promise<void> {
    const file = this.#file
    this.#file = null
    await (await file?.catch(() => null))?.close()
  }
}
