import { stat } from 'node:fs/promises'
import { sumsOf, type ChecksumKind, type Sums } from './checksums'
import { bodyLength, type Body } from './wire'

export interface BucketOptions {
  name: string
  region: string
  /** Account that owns it. */
  owner: string
}

/** One object; its sums are of the bytes it was put with. */
export interface StoredObject {
  key: string
  body: Body
  size: number
  etag: string
  contentType: string
  /** Milliseconds since 1970. */
  modifiedAt: number
  checksumKind: ChecksumKind
  checksum: string | null
}

export interface PutOptions {
  /** `application/octet-stream` when absent. */
  contentType?: string
  /** CRC64NVME when absent, which S3 gives every object that came without a checksum. */
  checksum?: ChecksumKind
}

interface Bucket extends BucketOptions {
  objects: Map<string, StoredObject>
}

/** The buckets and what is in them, reachable by tests past the wire. */
export class Store {
  readonly #buckets = new Map<string, Bucket>()
  readonly #wall: () => number

  constructor(buckets: readonly BucketOptions[], wall: () => number) {
    this.#wall = wall
    for (const bucket of buckets) this.addBucket(bucket)
  }

  addBucket(bucket: BucketOptions): void {
    this.#buckets.set(bucket.name, { ...bucket, objects: new Map() })
  }

  bucket(name: string): Bucket | undefined {
    return this.#buckets.get(name)
  }

  /** Keys of a bucket in S3's order (UTF-8 bytes). */
  keys(bucket: string): string[] {
    const keys = [...(this.#buckets.get(bucket)?.objects.keys() ?? [])]
    return keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  }

  get(bucket: string, key: string): StoredObject | undefined {
    return this.#buckets.get(bucket)?.objects.get(key)
  }

  /** Puts bytes, or a file that is streamed from where it lies (it must not change). */
  async put(
    bucket: string,
    key: string,
    what: Uint8Array | { path: string },
    options: PutOptions = {},
  ): Promise<StoredObject> {
    const objects = this.#buckets.get(bucket)?.objects
    if (!objects) throw new Error(`there is no bucket ${bucket}`)
    const body: Body =
      'path' in what ? { path: what.path, start: 0, end: (await stat(what.path)).size } : what
    const kind = options.checksum ?? 'crc64nvme'
    const sums: Sums = await sumsOf(body, kind)
    const object: StoredObject = {
      key,
      body,
      size: bodyLength(body),
      etag: `"${sums.md5}"`,
      contentType: options.contentType ?? 'application/octet-stream',
      modifiedAt: this.#wall(),
      checksumKind: kind,
      checksum: sums.checksum ?? null,
    }
    objects.set(key, object)
    return object
  }

  remove(bucket: string, key: string): void {
    this.#buckets.get(bucket)?.objects.delete(key)
  }

  /** Gives an object another ETag, as if it had been uploaded again in two parts. */
  replace(bucket: string, key: string): void {
    const object = this.get(bucket, key)
    if (!object) return
    const parts = Number(/-(\d+)"$/.exec(object.etag)?.[1] ?? 1)
    object.etag = `"${object.etag.slice(1, 33)}-${parts + 1}"`
    object.modifiedAt = this.#wall()
  }
}
