import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { WebSocket } from 'ws'
import type { Contract } from '../../../src/shared/contract'
import type { Places } from '../../support/leaks'
import type { RunningStudio } from '../../support/studio'

/** Whether this system shows a process's arguments and environment as files. */
export const hasProc = process.platform === 'linux'

/** What any program of this user can read of the process. */
export function keepProcess({ child }: RunningStudio, places: Places): void {
  if (!hasProc) return
  for (const file of ['environ', 'cmdline']) places.add(file, readFileSync(`/proc/${child.pid}/${file}`))
}

/** A client of the RPC whose every frame that comes in is kept. */
export async function connect(studio: RunningStudio, places: Places) {
  const socket = new WebSocket(`${studio.origin.replace('http', 'ws')}/rpc`, {
    headers: { authorization: `Bearer ${studio.token}` },
  })
  socket.on('message', (data: Buffer) => places.add('RPC', data))
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  const client: ContractRouterClient<Contract> = createORPCClient(link)
  return { client, close: () => socket.terminate() }
}

/** Calls of the local API whose every answer is kept, and the feed of events. */
export function openApi(studio: RunningStudio, places: Places) {
  const authorization = `Bearer ${studio.token}`
  const stop = new AbortController()
  return {
    async call(method: string, path: string, body?: unknown) {
      const answer = await fetch(`${studio.origin}/api${path}`, {
        method,
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      places.add(`${method} ${path}`, `${JSON.stringify([...answer.headers])}\n${text}`)
      return { status: answer.status, body: JSON.parse(text) as Record<string, unknown> }
    },
    /** Resolves once the feed is open; it is kept until `stop`. */
    async listen() {
      const headers = { authorization, accept: 'text/event-stream' }
      const answer = await fetch(`${studio.origin}/api/events`, { headers, signal: stop.signal })
      const kept = (async () => {
        try {
          for await (const chunk of answer.body ?? []) places.add('events', chunk)
        } catch (error) {
          if (!stop.signal.aborted) throw error
        }
      })()
      return async () => {
        stop.abort()
        await kept
      }
    },
  }
}

/** Keeps what a page gets over HTTP and over its socket. */
export function keepPage(page: Page, places: Places): void {
  page.on('response', (response) => {
    if (!/\/(rpc|api)\b|\/$/.test(new URL(response.url()).pathname)) return
    void response.body().then(
      (body) => places.add('HTTP of the page', body),
      () => {},
    )
  })
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => places.add('RPC of the page', payload))
  })
}

/** All that a page keeps beyond its own life, and what it shows. */
export async function keepStorage(page: Page, places: Places): Promise<void> {
  const stored = await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const rows = databases.map(
      ({ name = '' }) =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open(name)
          opening.addEventListener('error', () => reject(opening.error ?? new Error(name)))
          opening.addEventListener('success', () => {
            const names = [...opening.result.objectStoreNames]
            if (names.length === 0) return resolve([])
            const reading = opening.result.transaction(names)
            const all: unknown[] = []
            for (const store of names) {
              reading
                .objectStore(store)
                .getAll()
                .addEventListener('success', (event) => {
                  all.push((event.target as IDBRequest<unknown[]>).result)
                })
            }
            reading.addEventListener('complete', () => resolve(all))
          })
        }),
    )
    return JSON.stringify({
      local: Object.entries(localStorage),
      session: Object.entries(sessionStorage),
      indexed: await Promise.all(rows),
      caches: await caches.keys(),
      history: history.state as unknown,
      address: location.href,
    })
  })
  places.add('storage of the page', stored)
  places.add('cookies', JSON.stringify(await page.context().cookies()))
  places.add('the page', await page.content())
}
