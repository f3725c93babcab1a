import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { CDPSession } from 'playwright-core'

/** One conversation over the DevTools protocol, with the browser or with one of its pages. */
export type Session = Pick<CDPSession, 'send' | 'on'>

interface Message {
  id?: number
  method?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
  sessionId?: string
}

interface Waiting {
  method: string
  resolve: (result: unknown) => void
  reject: (error: Error) => void
}

/** The DevTools protocol over Chromium's pipe: messages end with a zero byte. */
export interface Cdp {
  browser: Session
  session(id: string): Session
  /** The pipe has ended: whoever waits is told. */
  end(): void
}

/** Speaks the protocol over the two ends of `--remote-debugging-pipe`. */
export function speak(into: Writable, from: Readable): Cdp {
  const waiting = new Map<number, Waiting>()
  const sessions = new Map<string, { session: Session; events: EventEmitter }>()
  let last = 0
  let ended = false
  let rest: Buffer = Buffer.alloc(0)

  function send(sessionId: string, method: string, params: unknown): Promise<unknown> {
    if (ended) return Promise.reject(new Error(`${method}: Chromium has gone`))
    last += 1
    const id = last
    const text = JSON.stringify({
      id,
      method,
      params: params ?? {},
      ...(sessionId === '' ? {} : { sessionId }),
    })
    into.write(`${text}\0`)
    return new Promise((resolve, reject) => waiting.set(id, { method, resolve, reject }))
  }

  function open(id: string): { session: Session; events: EventEmitter } {
    const known = sessions.get(id)
    if (known) return known
    const events = new EventEmitter().setMaxListeners(50)
    const session = {
      send: (method: string, params?: unknown) => send(id, method, params),
      on: (name: string, listener: (params: unknown) => void) => {
        events.on(name, listener)
        return session
      },
    }
    const opened = { session: session as unknown as Session, events }
    sessions.set(id, opened)
    return opened
  }

  function take(message: Message): void {
    if (message.id !== undefined) {
      const call = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.error) call?.reject(new Error(`${call.method}: ${message.error.message}`))
      else call?.resolve(message.result)
      return
    }
    if (message.method === undefined) return
    sessions.get(message.sessionId ?? '')?.events.emit(message.method, message.params)
  }

  from.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const text = rest.toString('utf8', 0, end)
      rest = rest.subarray(end + 1)
      take(JSON.parse(text) as Message)
    }
  })
  const end = () => {
    ended = true
    for (const { method, reject } of waiting.values()) reject(new Error(`${method}: Chromium has gone`))
    waiting.clear()
  }
  from.on('close', end)
  into.on('error', end)
  return { browser: open('').session, session: (id) => open(id).session, end }
}
