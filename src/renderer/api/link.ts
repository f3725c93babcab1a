import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'

export type Link = ClientLink<ClientContext>

/** One living connection to the studio; `closed` resolves when it ends. */
export interface Line {
  link: Link
  closed: Promise<void>
}

declare global {
  interface Window {
    /** Put there by the desktop shell only. */
    dailies?: { pathForFile(file: File): string }
  }
}

/** Refused: the studio runs, but under another address or token. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

let port: MessagePort | null = null
let portCame: ((port: MessagePort) => void) | null = null

function onPort(event: MessageEvent<unknown>): void {
  const [came] = event.ports
  if (event.source !== window || came === undefined) return
  if ((event.data as { type?: unknown } | null)?.type !== 'dailies:port') return
  port = came
  portCame?.(came)
}

// Listening from the first moment: the desktop shell hands the port over as soon as the page is there.
window.addEventListener('message', onPort)

async function openPort(): Promise<Line> {
  const mine = port ?? (await new Promise<MessagePort>((resolve) => (portCame = resolve)))
  port = null
  const closed = new Promise<void>((resolve) => mine.addEventListener('close', () => resolve()))
  const link = new PortLink({ port: mine })
  mine.start()
  return { link, closed }
}

async function refused(): Promise<boolean> {
  try {
    const answer = await fetch('./', { method: 'HEAD', cache: 'no-store' })
    return answer.status === 401 || answer.status === 403
  } catch {
    return false
  }
}

async function openSocket(): Promise<Line> {
  const address = new URL('rpc', document.baseURI)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  const websocket = new WebSocket(address)
  const closed = new Promise<void>((resolve) => websocket.addEventListener('close', () => resolve()))
  const link = new SocketLink({ websocket })
  const opened = new Promise<true>((resolve) => websocket.addEventListener('open', () => resolve(true)))
  if ((await Promise.race([opened, closed])) === true) return { link, closed }
  throw (await refused()) ? new RefusedError() : new Error('The studio does not answer.')
}

/** Opens a connection: over the desktop shell's port where there is one, else over a WebSocket beside the page. */
export function openLine(): Promise<Line> {
  return window.dailies === undefined ? openSocket() : openPort()
}
