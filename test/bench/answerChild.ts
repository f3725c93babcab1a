import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createNetwork } from '../../src/main/network'
import { createWan22 } from '../../src/main/providers/wan22'
import { systemClock } from '../../src/main/system'
import { createWire } from '../../src/main/wire'
import { jobRow } from '../support/jobRow'

/** What one download told of itself. */
export interface AnswerRun {
  ms: number
  /** Most memory held, above what was held before it began. */
  bytesAboveIdle: number
}

const [role = '', ...args] = process.argv.slice(2)
switch (role) {
  case 'serve':
    await serve(Number(args[0]))
    break
  case 'ours':
  case 'naive': {
    const [url = '', folder = ''] = args
    mkdirSync(folder, { recursive: true })
    const work = role === 'ours' ? ours(url, folder) : () => naive(url, folder)
    process.stdout.write(JSON.stringify(await measured(work)))
    break
  }
}

/** Answers every call with a video of so many bytes inside the JSON of the function, from memory. */
async function serve(bytes: number): Promise<void> {
  const video = randomBytes(bytes).toString('base64')
  const details = { prompt: 'A lighthouse', seed: 1 }
  const answer = Buffer.from(
    JSON.stringify({ run_id: 'r', run_time_ms: 1, result: { video_base64: video, details } }),
  )
  const server = createServer((call, response) => {
    call.resume().once('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.byteLength })
      response.end(answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

async function measured(work: () => Promise<void>): Promise<AnswerRun> {
  const idle = process.memoryUsage.rss()
  const from = performance.now()
  await work()
  const ms = performance.now() - from
  return { ms, bytesAboveIdle: process.resourceUsage().maxRSS * 1024 - idle }
}

/** As the studio does it: the provider itself, to a checked and synced file. */
function ours(url: string, folder: string): () => Promise<void> {
  const network = createNetwork({
    choice: () => ({ mode: 'none', url: null }),
    systemProxy: () => Promise.resolve(null),
    clock: systemClock,
  })
  const provider = createWan22({
    wire: createWire(network),
    clock: systemClock,
    spoolDir: folder,
    asset: () => null,
  })
  const settings = { address: `${url}/v4/p-1/app` }
  const call = {
    job: jobRow({ params: {}, endpoint: `${url}/v4/p-1/app/predict` }),
    connection: { id: 'one', label: 'One', settings, secret: () => Promise.resolve('key') },
    assets: [],
    address: () => Promise.reject(new Error('Bytes are sent')),
    signal: new AbortController().signal,
  }
  return async () => {
    const ended = Promise.withResolvers<void>()
    provider.onChange?.(() => ended.resolve())
    await provider.submit(call)
    await ended.promise
    const { kind } = await provider.poll(call)
    if (kind !== 'succeeded') throw new Error(`It ended as ${kind}`)
  }
}

/** The usual way: the whole answer in memory, parsed, decoded and written. */
async function naive(url: string, folder: string): Promise<void> {
  const call = request(`${url}/v4/p-1/app/predict`, { method: 'POST', agent: false })
  call.end('{"prompt":"A lighthouse"}')
  const [answer] = (await once(call, 'response')) as [IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  const { result } = JSON.parse(Buffer.concat(parts).toString('utf8')) as {
    result: { video_base64: string }
  }
  const video = Buffer.from(result.video_base64, 'base64')
  const path = join(folder, 'video.mp4')
  const file = await open(`${path}.part`, 'wx')
  await file.writeFile(video)
  await file.sync()
  await file.close()
  await rename(`${path}.part`, path)
}
