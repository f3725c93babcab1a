import sharp from 'sharp'
import type { MediaTask } from '@shared/contract'
import { frameCount } from '@shared/frames'

/** What a page handed in is not what was asked for; the message is for the log. */
export class Damaged extends Error {
  override readonly name = 'Damaged'
}

/** The largest side of a poster, in pixels. */
const posterSide = 640
/** The largest side of a hover preview, in pixels, and its length in seconds with a little slack. */
const previewSide = 640
const previewSeconds = 5.5

/** Reads the file as its reader would; throws {@link Damaged} unless it is what the task asked for. */
export async function verify(task: MediaTask, path: string): Promise<void> {
  switch (task.kind) {
    case 'animatic': {
      const video = await readVideo(path)
      const { spec } = task
      if (video.width !== spec.width || video.height !== spec.height)
        throw new Damaged(`${video.width}x${video.height} instead of ${spec.width}x${spec.height}`)
      if (video.frames !== frameCount(spec))
        throw new Damaged(`${video.frames} frames instead of ${frameCount(spec)}`)
      if (Math.abs(video.seconds - spec.durationMs / 1000) > 1 / spec.fps)
        throw new Damaged(`${video.seconds} s instead of ${spec.durationMs / 1000} s`)
      return
    }
    case 'preview': {
      const video = await readVideo(path)
      if (Math.max(video.width, video.height) > previewSide || video.seconds > previewSeconds)
        throw new Damaged(`a preview of ${video.width}x${video.height}, ${video.seconds} s`)
      return
    }
    case 'poster':
      return readImage(path, 'webp', posterSide)
    case 'last_frame':
      return readImage(path, 'png', 16_384)
  }
}

async function readVideo(path: string) {
  const { EncodedPacketSink, FilePathSource, Input, MP4 } = await import('mediabunny')
  const input = new Input({ source: new FilePathSource(path), formats: [MP4] })
  try {
    const tracks = await input.getTracks()
    const video = await input.getPrimaryVideoTrack()
    if (!video || tracks.length !== 1) throw new Damaged(`${tracks.length} tracks`)
    if ((await video.getCodec()) !== 'avc') throw new Damaged('not H.264')
    // The index at the front may promise frames that a file cut short does not hold: each is read.
    let frames = 0
    for await (const packet of new EncodedPacketSink(video).packets()) if (packet.byteLength > 0) frames += 1
    return {
      width: await video.getDisplayWidth(),
      height: await video.getDisplayHeight(),
      seconds: await video.computeDuration(),
      frames,
    }
  } catch (error) {
    if (error instanceof Damaged) throw error
    throw new Damaged('not a readable MP4', { cause: error })
  } finally {
    input.dispose()
  }
}

async function readImage(path: string, format: 'webp' | 'png', maxSide: number): Promise<void> {
  try {
    const image = sharp(path, { failOn: 'warning' })
    const found = await image.metadata()
    if (found.format !== format || Math.max(found.width, found.height) > maxSide)
      throw new Damaged(`${found.format} of ${found.width}x${found.height}`)
    // Metadata comes from the header; only decoding proves the rest.
    await image.stats()
  } catch (error) {
    if (error instanceof Damaged) throw error
    throw new Damaged(`not a readable ${format}`, { cause: error })
  }
}
