import type { InputRule } from '@shared/contract'
import type { Logger } from 'pino'
import type { AssetRecord, AssetStore } from '../history'
import type { Clock, Random } from '../ports'

/** An image on its way in. A stream is read only as far as the largest image allowed. */
export interface IncomingImage {
  /** What the person calls it; shown, never used as a path. */
  name: string
  bytes: Uint8Array | ReadableStream<Uint8Array>
}

export interface FitRequest {
  id: string
  model: string
  /** Width over height, as `16:9` or `1.78`; without it only as much is cropped as the model requires. */
  ratio?: string | undefined
  /** What stays in the picture, 0 to 1 of width and height; the middle without it. */
  focus?: { x: number; y: number } | undefined
}

/** Input images: checked, upright, sRGB, without animation, stored once per content. Errors are StudioError. */
export interface Assets {
  /**
   * Takes an image in. JPEG, PNG and WebP keep their pixels as they came, bit for bit; EXIF, XMP and IPTC (where and
   * by whom it was taken) are cut out of every image, since these files are sent to providers.
   */
  import(file: IncomingImage): Promise<AssetRecord>
  /** The same for a file on this computer. */
  fromFile(path: string, name: string): Promise<AssetRecord>
  get(id: string): AssetRecord | null
  /** Absolute path of the stored image; null for an unknown id. */
  path(id: string): string | null
  /** Absolute path of a WebP of at most 320 pixels a side; null for an unknown id or a lost image. */
  thumb(id: string): Promise<string | null>
  /** An asset that lies within the limits of a model's first image input; the same one when it does already. */
  fit(request: FitRequest): Promise<AssetRecord>
}

export interface AssetsDeps {
  store: AssetStore
  dataDir: string
  clock: Clock
  random: Random
  log: Logger
  /** The image limits of a model; null for an unknown one. */
  modelById: (id: string) => InputRule[] | null
}
