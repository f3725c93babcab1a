import {
  BufferTarget,
  canEncodeVideo,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
} from 'mediabunny'
import { RenderError } from '../protocol'

export interface FilmShape {
  width: number
  height: number
  fps: number
  /** Bits per pixel and frame: 0.1 is plain, 0.25 keeps film grain alive. */
  density: number
}

/** An H.264 MP4 without sound being written in memory, its index at the front so that it plays while it loads. */
export interface Film {
  /** Adds the next frame, given as I420 planes in BT.709 video range. Waits while the encoder is behind. */
  add(planes: Uint8Array<ArrayBuffer>): Promise<void>
  finish(): Promise<ArrayBuffer>
  cancel(): Promise<void>
}

const seconds = (count: number, fps: number) => count / fps
const keyFrameSeconds = 1

/** Starts a film. Throws {@link RenderError} `unsupported` where the browser has no H.264 encoder of this size. */
export async function startFilm({ width, height, fps, density }: FilmShape): Promise<Film> {
  const bitrate = Math.round(width * height * fps * density)
  // Software first: it gives the same bytes for the same frames, and takes every even size.
  const wanted = ['prefer-software', 'no-preference'] as const
  let hardwareAcceleration: (typeof wanted)[number] | null = null
  for (const choice of wanted) {
    if (!(await canEncodeVideo('avc', { width, height, bitrate, hardwareAcceleration: choice }))) continue
    hardwareAcceleration = choice
    break
  }
  if (!hardwareAcceleration)
    throw new RenderError('unsupported', `This browser cannot encode H.264 at ${width}x${height}.`)

  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target })
  const source = new VideoSampleSource({
    codec: 'avc',
    bitrate,
    keyFrameInterval: keyFrameSeconds,
    latencyMode: 'quality',
    hardwareAcceleration,
  })
  output.addVideoTrack(source, { frameRate: fps })
  await output.start()
  let count = 0

  return {
    async add(planes) {
      const sample = new VideoSample(planes, {
        format: 'I420',
        codedWidth: width,
        codedHeight: height,
        timestamp: seconds(count, fps),
        duration: seconds(1, fps),
        colorSpace: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
      })
      count += 1
      try {
        await source.add(sample)
      } finally {
        sample.close()
      }
    },
    async finish() {
      await output.finalize()
      if (!target.buffer) throw new RenderError('crashed', 'The encoder wrote nothing.')
      return target.buffer
    },
    cancel: () => output.cancel(),
  }
}
