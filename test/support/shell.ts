import { mkdirSync, writeFileSync } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@shared/contract'
import { pino, type Logger } from 'pino'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { startServer } from '../../src/main/browser/server'
import type { StudioPorts } from '../../src/main/ports'
import { createStudio, type Studio } from '../../src/main/studio'
import { tempFolder } from './folder'
import { studioPorts } from './ports'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  json: Record<string, unknown>
}

export interface RunningShell {
  studio: Studio
  port: number
  token: string
  folder: string
  /** Every line that was logged. */
  logged: string[]
  /** A raw HTTP request: no header is added but Host. */
  send(
    method: string,
    path: string,
    headers?: Record<string, string>,
    body?: string | Uint8Array,
  ): Promise<Answer>
  /** The same with the token, and JSON where the body is no text. */
  api(method: string, path: string, body?: unknown): Promise<Answer>
  /** An RPC client over the WebSocket, and its socket. */
  connect(): Promise<{ client: ContractRouterClient<Contract>; socket: WebSocket }>
}

/**
 * The real studio behind the real server, on a free port; closed when the test ends. `change` is told the folder in which
 * all of it lies.
 */
export async function runShell(
  change: (folder: string) => Partial<StudioPorts> = () => ({}),
): Promise<RunningShell> {
  const folder = tempFolder()
  const pageDir = join(folder, 'page')
  mkdirSync(pageDir)
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html><title>Dailies</title>')
  const logged: string[] = []
  const log: Logger = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) })
  const studio = await createStudio(studioPorts(folder, { log, ...change(folder) }))
  const token = 'test-token-0123456789abcdefghijklmnopqrstuv'
  const server = await startServer({ studio, source: null, port: 0, token, version: '1.2.3', log })
  onTestFinished(async () => {
    await server.close()
    await studio.close()
  })
  const { port } = server

  const send: RunningShell['send'] = (method, path, headers = {}, body) =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        { host: '127.0.0.1', port, method, path, headers: { host: `127.0.0.1:${port}`, ...headers } },
        (incoming) => {
          const chunks: Buffer[] = []
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
          incoming.on('end', () => {
            const text = Buffer.concat(chunks).toString()
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              text,
              json: (incoming.headers['content-type'] ?? '').startsWith('application/json')
                ? (JSON.parse(text) as Record<string, unknown>)
                : {},
            })
          })
          incoming.on('error', reject)
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })

  return {
    studio,
    port,
    token,
    folder,
    logged,
    send,
    api(method, path, body) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      return send(
        method,
        `/api${path}`,
        headers,
        body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      )
    },
    async connect() {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, {
        headers: { authorization: `Bearer ${token}` },
      })
      onTestFinished(() => socket.terminate())
      await new Promise((resolve, reject) => {
        socket.once('open', resolve)
        socket.once('error', reject)
      })
      const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
      return { client: createORPCClient(link), socket }
    },
  }
}
