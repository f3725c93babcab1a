// Runs in the page, as code that was smuggled into it would.

/**
 * Tries to reach a foreign peer: servers that tell one's address or pass things on, over UDP, TCP and TLS, and the peer
 * itself. Answers what came of it: addresses it learnt, and a channel that opened.
 */
export async function tryPeers({ hosts, port }: { hosts: string[]; port: number }): Promise<string[]> {
  const patienceMs = 4_000
  const got = new Set<string>()
  // A document in a frame has all anew, whatever was taken from the page.
  const frame = document.createElement('iframe')
  document.body.append(frame)
  const scopes = [window, frame.contentWindow as Window & typeof globalThis]
  const iceServers = hosts.flatMap((host) =>
    [`stun:${host}:${port}`, `turn:${host}:${port}`]
      .concat(`turn:${host}:${port}?transport=tcp`, `turns:${host}:${port}?transport=tcp`)
      .map((urls) => ({ urls, username: 'secret', credential: 'secret' })),
  )

  async function meet(Peer: typeof RTCPeerConnection): Promise<void> {
    const near = new Peer({ iceServers, iceCandidatePoolSize: 1 })
    const far = new Peer()
    const channel = near.createDataChannel('secret')
    const over = new Promise<void>((resolve) => {
      setTimeout(resolve, patienceMs)
      channel.addEventListener('open', () => {
        got.add('a channel')
        resolve()
      })
    })
    near.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate && candidate.candidate !== '') got.add(`an address: ${candidate.candidate}`)
    })
    const offer = await near.createOffer()
    await near.setLocalDescription(offer)
    await far.setRemoteDescription(offer)
    await far.setLocalDescription(await far.createAnswer())
    await near.setRemoteDescription(far.localDescription ?? { type: 'rollback' })
    const ends = hosts.flatMap((host) => [
      `candidate:1 1 udp 2113937151 ${host} ${port} typ host`,
      `candidate:2 1 tcp 1518280447 ${host} ${port} typ host tcptype passive`,
      `candidate:3 1 tcp 1518214911 ${host} ${port} typ host tcptype so`,
    ])
    for (const candidate of ends) {
      await near.addIceCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 }).catch(() => undefined)
    }
    await over
    near.close()
    far.close()
  }
  await Promise.all(scopes.map((scope) => meet(scope.RTCPeerConnection)))
  frame.remove()
  return [...got].toSorted()
}
