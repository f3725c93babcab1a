import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output } from 'mediabunny'

/** The shortest H.264 parameter sets a reader accepts: baseline, level 3.1. */
const avcC = Uint8Array.from([
  1, 0x42, 0x00, 0x1f, 0xff, 0xe1, 0, 9, 0x67, 0x42, 0x00, 0x1f, 0x95, 0xa8, 0x14, 0x01, 0x6e, 1, 0, 4, 0x68,
  0xce, 0x3c, 0x80,
])

/** A real MP4 container around pictures that do not decode: for what reads containers only. */
export async function makeMp4(of: {
  width: number
  height: number
  fps: number
  frames: number
  /** Bytes of each frame. */
  frameBytes?: number
}): Promise<Uint8Array> {
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target })
  const source = new EncodedVideoPacketSource('avc')
  output.addVideoTrack(source, { frameRate: of.fps })
  await output.start()
  const decoderConfig = {
    codec: 'avc1.42001f',
    codedWidth: of.width,
    codedHeight: of.height,
    description: avcC,
  }
  for (let n = 0; n < of.frames; n += 1) {
    const body = new Uint8Array(of.frameBytes ?? 64).fill(n & 0xff)
    new DataView(body.buffer).setUint32(0, body.length - 4)
    body[4] = n === 0 ? 0x65 : 0x41
    const packet = new EncodedPacket(body, n === 0 ? 'key' : 'delta', n / of.fps, 1 / of.fps)
    await source.add(packet, n === 0 ? { decoderConfig } : undefined)
  }
  await output.finalize()
  if (!target.buffer) throw new Error('nothing was written')
  return new Uint8Array(target.buffer)
}
