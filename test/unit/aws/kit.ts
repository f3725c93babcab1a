import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { AwsSettings, createAws, createAwsCredentials, type AwsOptions } from '../../../src/main/aws'
import { createNetwork, type Network } from '../../../src/main/network'
import { systemClock } from '../../../src/main/system'

/** A request as a small server saw it. */
export interface Seen {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/** A real HTTP server on this computer that keeps what it saw; `answer` may also drop the connection. */
export async function serve(answer: (seen: Seen, response: ServerResponse, nth: number) => void) {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8')
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
      seen.push(one)
      answer(one, response, seen.length)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const stop = () => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(stop)
  return { stop, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** An error as the Bedrock services spell it. */
export function refuse(response: ServerResponse, status: number, name: string, message: string) {
  json(response, status, { message }, { 'x-amzn-errortype': name, 'x-amzn-requestid': 'req-1' })
}

/** An address on this computer where nobody listens. */
export async function nobody(): Promise<string> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((done) => server.close(() => done()))
  return `http://127.0.0.1:${port}`
}

export function directNetwork(): Network {
  const network = createNetwork({
    choice: () => ({ mode: 'none', url: null }),
    systemProxy: () => Promise.resolve(null),
    clock: systemClock,
  })
  onTestFinished(() => network.close())
  return network
}

export const planted = {
  accessKeyId: 'AKIAPLANTEDKEY000001',
  secretAccessKey: 'planted/secret/access/key/0001',
}

/** Clients of a connection whose every endpoint is the one given. */
export function awsAt(
  url: string,
  change: Partial<AwsSettings> = {},
  options: Partial<AwsOptions> & { secrets?: Record<string, string> } = {},
) {
  const settings = AwsSettings.parse({
    bucket: 'my-videos',
    bedrockEndpoint: url,
    bedrockControlEndpoint: url,
    s3Endpoint: url,
    stsEndpoint: url,
    pathStyle: true,
    ...change,
  })
  const network = options.network ?? directNetwork()
  const secrets: Record<string, string> = options.secrets ?? planted
  const credentials =
    options.credentials ??
    createAwsCredentials({
      settings,
      secret: (name) => Promise.resolve(secrets[name] ?? null),
      environment: { home: '/nowhere', env: {} },
      network,
      clock: systemClock,
    })
  const aws = createAws({ clock: systemClock, ...options, settings, credentials, network })
  onTestFinished(() => aws.close())
  return aws
}

/** What a promise was rejected with. */
export async function thrown(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** Sets variables of this process for one test. */
export function withEnv(values: Record<string, string>): void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, values)
  onTestFinished(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })
}
