export interface VideoFacts {
  width: number
  height: number
  fps: number
  durationMs: number
}

const packetsForRate = 240

/**
 * Reads a video file's container: its facts, or null when it does not parse, holds no video track, or its first
 * frame or those at its end are not all there. Decodes nothing. Raises what the file system raises.
 */
export async function probeVideo(path: string): Promise<VideoFacts | null> {
  // Half a megabyte of parsers, which no start without a video to look at should pay for.
  const { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } = await import('mediabunny')
  try {
    using input = new Input({
      source: new FilePathSource(path, { handleUnhandledError: () => undefined }),
      formats: ALL_FORMATS,
    })
    const track = await input.getPrimaryVideoTrack()
    if (!track) return null
    const packets = new EncodedPacketSink(track)
    const first = await packets.getFirstPacket()
    if (!first || first.byteLength === 0) return null
    // The last frame in the file is not the last one shown, so all from the last key frame on are read; where the
    // file breaks off, the reader ends early instead of failing.
    const key = await packets.getKeyPacket(Number.POSITIVE_INFINITY)
    if (!key) return null
    const told = await count(packets.packets(key, undefined, { metadataOnly: true }))
    if ((await count(packets.packets(key))) !== told) return null
    const [width, height] = await Promise.all([track.getDisplayWidth(), track.getDisplayHeight()])
    const seconds = await input.computeDuration()
    const { averagePacketRate } = await track.computePacketStats(packetsForRate)
    if (!(width > 0 && height > 0 && seconds > 0 && Number.isFinite(averagePacketRate))) return null
    return {
      width,
      height,
      fps: Math.round(averagePacketRate * 1000) / 1000,
      durationMs: Math.round(seconds * 1000),
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error
    // Whatever a parser says of bytes that came from outside, it means: this is no video we can vouch for.
    return null
  }
}

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let counted = 0
  for await (const _ of items) counted += 1
  return counted
}
