import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import type { Logger } from 'pino'
import type { Wire, WireStream } from '../wire'

/** Where Chromium's dictionaries lie; fetched from here, and from nowhere else. */
const source = 'https://redirector.gvt1.com/edgedl/chrome/dict/'
/** As Chromium names them: language, version, format. */
const named = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*-\d+-\d+\.bdic$/i
/** The source sends on to a server near the person. */
const mostRedirects = 4

/** Hands Chromium its dictionaries on this computer, so that the page's session needs no way out of it. */
export interface Dictionaries {
  /** Listens, and answers the address they are below; its path is known to nobody who was not told. */
  open(): Promise<string>
  close(): void
}

/** Fetches what is asked for through the proxy that the person chose. */
export function createDictionaries(wire: Pick<Wire, 'open'>, log: Logger): Dictionaries {
  let standing: { server: Server; address: Promise<string> } | null = null

  async function answer(path: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { url = '', method } = incoming
    const name = url.startsWith(path) ? url.slice(path.length) : ''
    if (method !== 'GET' || !named.test(name)) return void outgoing.writeHead(404).end()
    const gone = new AbortController()
    outgoing.once('close', () => gone.abort())
    try {
      const { status, stream } = await follow(wire, source + name, gone.signal)
      outgoing.writeHead(status, { 'content-type': 'application/octet-stream' })
      await pipeline(stream, outgoing)
    } catch (error) {
      if (!gone.signal.aborted) log.warn({ err: error, name }, 'a dictionary was not fetched')
      if (outgoing.headersSent) outgoing.destroy()
      else outgoing.writeHead(502).end()
    }
  }

  return {
    open() {
      if (standing) return standing.address
      const path = `/${randomUUID()}/`
      const server = createServer((incoming, outgoing) => void answer(path, incoming, outgoing))
      const address = new Promise<string>((resolve, reject) => {
        server.once('error', reject)
        server.listen(0, '127.0.0.1', () =>
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`),
        )
      })
      standing = { server, address }
      return address
    },
    close() {
      standing?.server.close()
      standing?.server.closeAllConnections()
      standing = null
    },
  }
}

/** The answer behind all redirects. Throws WireError, and Error where they do not end. */
async function follow(wire: Pick<Wire, 'open'>, first: string, signal: AbortSignal): Promise<WireStream> {
  let url = first
  for (let step = 0; step <= mostRedirects; step += 1) {
    const answer = await wire.open({ method: 'GET', url, signal })
    const { location } = answer.headers
    if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer
    answer.stream.destroy()
    url = new URL(location, url).href
  }
  throw new Error(`${first} sends on without end`)
}
