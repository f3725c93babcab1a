import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { OutputBody } from '../../../src/main/providers'

/** A whole one-second video of 160 x 96 at 12 frames a second. */
export const clip = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'clip.mp4'))

/** How a source may misbehave at its n-th request, counted from 0. */
export interface Manner {
  /** Closes the connection after so many bytes of the body. */
  breakAfter?: number
  /** Answers 200 with everything although a range was asked for. */
  ignoreRange?: boolean
  /** Does not tell the length. */
  chunked?: boolean
  /** Sends so many bytes and then nothing more. */
  stallAfter?: number
  /** Announces so many bytes. */
  claim?: number
}

/** A provider's file server on loopback, and the `open` of a provider that reads from it. */
export async function source(body: Uint8Array, manner: (request: number) => Manner = () => ({})) {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers.range)
    answer(request, response, body, manner(asked.length - 1))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const answers: IncomingMessage[] = []
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/video.mp4`

  return {
    /** The Range header of each request. */
    asked,
    open: async (offset: number): Promise<OutputBody> => {
      const got = await fetch(url, offset === 0 ? {} : { headers: { range: `bytes=${offset}-` } })
      if (!got.ok || got.body === null) throw new Error(`The source answered ${got.status}`)
      const resumed = got.status === 206
      const length = got.headers.get('content-length')
      const honoured = resumed ? offset : 0
      return {
        stream: got.body,
        offset: honoured,
        bytes: length === null ? null : Number(length) + honoured,
      }
    },
    /** The same through Node's own client, whose answer is a Node stream; `answers` are those it got. */
    openNode: async (offset: number): Promise<OutputBody> => {
      const headers = offset === 0 ? {} : { range: `bytes=${offset}-` }
      const [got] = (await once(get(url, { headers, agent: false }), 'response')) as [IncomingMessage]
      answers.push(got)
      const length = got.headers['content-length']
      const honoured = got.statusCode === 206 ? offset : 0
      return {
        stream: got,
        offset: honoured,
        bytes: length === undefined ? null : Number(length) + honoured,
      }
    },
    answers,
  }
}

function answer(request: IncomingMessage, response: ServerResponse, body: Uint8Array, manner: Manner): void {
  const from = manner.ignoreRange ? 0 : Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const rest = body.subarray(from)
  if (from > 0) {
    response.statusCode = 206
    response.setHeader('Content-Range', `bytes ${from}-${body.byteLength - 1}/${body.byteLength}`)
  }
  if (!manner.chunked) response.setHeader('Content-Length', manner.claim ?? rest.byteLength)
  if (manner.breakAfter !== undefined) {
    response.write(rest.subarray(0, manner.breakAfter), () => response.destroy())
  } else if (manner.stallAfter !== undefined) {
    response.write(rest.subarray(0, manner.stallAfter))
  } else {
    response.write(rest)
    response.end()
  }
}
