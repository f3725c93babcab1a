import { STATUS_CODES, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { WebSocketServer, type WebSocket } from 'ws'
import { createTalk, type Router, type Talk } from '../rpc'
import { refusalText } from './answers'
import type { Gate } from './gate'

/** Above the largest image, so that one too large is refused with a sentence instead of a closed connection. */
const maxMessage = 256 * 1024 * 1024

export interface Sockets {
  /** Says goodbye to every page. */
  close(): void
  /** Ends what is still open without waiting for an answer. */
  cut(): void
}

/** Serves the contract on the WebSocket `/rpc`; the gate is asked before the upgrade. */
export function serveSocket(server: Server, router: Router, gate: Gate, log: Logger): Sockets {
  const talk = createTalk(router, log)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessage, perMessageDeflate: false })

  server.on('upgrade', (request, socket: Duplex, head) => {
    socket.on('error', (error) => log.debug({ err: error }, 'a connection broke'))
    if (request.url?.split('?')[0] !== '/rpc') {
      reject(socket, 404, '')
      return
    }
    const verdict = gate.check((name) => {
      const value = request.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    })
    if (verdict !== 'welcome') {
      const { status, text } = refusalText(verdict)
      reject(socket, status, text)
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', (error) => log.warn({ err: error }, 'a page connection failed'))
      serve(webSocket, talk)
    })
  })

  return {
    close() {
      for (const client of sockets.clients) client.close(1001, 'The studio is closing')
      sockets.close()
    },
    cut() {
      for (const client of sockets.clients) client.terminate()
    },
  }
}

/**
 * Serves one page. A `send` ends when the bytes have left: a page that reads slowly slows its event stream down
 * instead of filling memory. What cannot be sent any more is dropped.
 */
function serve(socket: WebSocket, talk: Talk): void {
  const { hear, close } = talk(
    (data) =>
      new Promise((resolve) => {
        socket.send(data, () => resolve())
      }),
  )
  socket.on('message', (data: Buffer, isBinary) => void hear(isBinary ? data : data.toString()))
  socket.on('close', close)
}

function reject(socket: Duplex, status: number, text: string): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\n` +
      `Content-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  )
}
