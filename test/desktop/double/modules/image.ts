import { readFileSync } from 'node:fs'
import type Electron from 'electron'
import { strict } from '../strict'

type Api = Pick<
  Electron.NativeImage,
  | 'isEmpty'
  | 'getSize'
  | 'getAspectRatio'
  | 'toPNG'
  | 'toJPEG'
  | 'toDataURL'
  | 'setTemplateImage'
  | 'isTemplateImage'
>

/** A picture, of which only the head is read: its kind and its size. Only PNG and JPEG are any, as in Electron. */
export class NativeImage implements Api {
  readonly width: number
  readonly height: number
  private readonly bytes: Buffer
  private template = false
  constructor(bytes: Buffer, size?: { width: number; height: number }) {
    const { width, height } = size ?? sizeOf(bytes)
    this.bytes = bytes
    this.width = width
    this.height = height
    return strict('NativeImage', this)
  }
  isEmpty(): boolean {
    return this.width === 0
  }
  getSize(): Electron.Size {
    return { width: this.width, height: this.height }
  }
  getAspectRatio(): number {
    return this.height === 0 ? 1 : this.width / this.height
  }
  resize({ width, height }: Electron.ResizeOptions): NativeImage {
    const ratio = this.getAspectRatio()
    const size = {
      width: width ?? Math.round((height ?? this.height) * ratio),
      height: height ?? Math.round((width ?? this.width) / ratio),
    }
    return new NativeImage(this.bytes, this.isEmpty() ? undefined : size)
  }
  crop({ width, height }: Electron.Rectangle): NativeImage {
    return new NativeImage(this.bytes, { width, height })
  }
  toPNG(): Buffer {
    return this.bytes
  }
  toJPEG(): Buffer {
    return this.bytes
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.bytes.toString('base64')}`
  }
  setTemplateImage(option: boolean): void {
    this.template = option
  }
  isTemplateImage(): boolean {
    return this.template
  }
}

function sizeOf(bytes: Buffer): Electron.Size {
  if (bytes.length > 24 && bytes.readUInt32BE(0) === 0x89504e47) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  }
  if (bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8) return sizeOfJpeg(bytes)
  return { width: 0, height: 0 }
}

/** Steps over the segments of a JPEG to the one that starts the frame. */
function sizeOfJpeg(bytes: Buffer): Electron.Size {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const kind = bytes[at + 1] ?? 0
    if (kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind)) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    }
  }
  return { width: 0, height: 0 }
}

export const nativeImage = strict('nativeImage', {
  createEmpty: () => new NativeImage(Buffer.alloc(0)),
  createFromPath(path: string) {
    try {
      return new NativeImage(readFileSync(path))
    } catch {
      return new NativeImage(Buffer.alloc(0))
    }
  },
  createFromBuffer: (buffer: Buffer) => new NativeImage(buffer),
  createFromDataURL: (url: string) => new NativeImage(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
} satisfies Partial<Record<keyof typeof Electron.nativeImage, unknown>>)
