import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCLink } from '@orpc/client/websocket'
import { startMediaWorker } from '../../../../src/renderer/media'
import type { Contract } from '../../../../src/shared/contract'

declare global {
  interface Window {
    /** Frames of a video, decoded by the browser, each as a hash of its pixels. */
    decode(address: string): Promise<{ hashes: string[]; range: boolean | null; matrix: string | null }>
    /** The longest time the page's own thread could not answer, in ms, since the last call. */
    stalled(): number
  }
}

const address = new URL('rpc', document.baseURI)
address.protocol = 'ws:'
const api: ContractRouterClient<Pick<Contract, 'media'>> = createORPCClient(
  new RPCLink({ websocket: new WebSocket(address) }),
)
startMediaWorker(api)

let longest = 0
let before = performance.now()
setInterval(() => {
  const now = performance.now()
  longest = Math.max(longest, now - before)
  before = now
}, 5)
window.stalled = () => {
  const answer = longest
  longest = 0
  return answer
}

window.decode = async (from) => {
  const { ALL_FORMATS, Input, UrlSource, VideoSampleSink } = await import('mediabunny')
  const input = new Input({ source: new UrlSource(new URL(from, document.baseURI)), formats: ALL_FORMATS })
  const track = await input.getPrimaryVideoTrack()
  if (!track) throw new Error('no video')
  const hashes: string[] = []
  let range: boolean | null = null
  let matrix: string | null = null
  for await (const sample of new VideoSampleSink(track).samples()) {
    const frame = sample.toVideoFrame()
    range = frame.colorSpace.fullRange
    matrix = frame.colorSpace.matrix
    const bytes = new Uint8Array(frame.allocationSize())
    await frame.copyTo(bytes)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    hashes.push(Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(''))
    frame.close()
    sample.close()
  }
  return { hashes, range, matrix }
}
