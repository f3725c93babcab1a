import { createServer, get as httpGet, type IncomingMessage } from 'node:http'
import { createServer as createTlsServer, get as httpsGet, type RequestOptions } from 'node:https'
import { expect, onTestFinished, test } from 'vitest'
import {
  checkProxyUrl,
  createNetwork,
  environmentProxy,
  fromPac,
  isLoopback,
  type ProxyChoice,
} from '../../../src/main/network'
import { ManualClock } from '../../support/clock'
import { withEnv } from '../aws/kit'
import { certificate, certificateKey } from './certificate'
import { listen, startProxy } from './proxy'

function network(
  choice: ProxyChoice,
  systemProxy: (url: string) => Promise<string | null> = async () => null,
) {
  const clock = new ManualClock()
  const made = createNetwork({ choice: () => choice, systemProxy, clock })
  onTestFinished(() => made.close())
  return { network: made, clock }
}

const manual = (url: string | null): ProxyChoice => ({ mode: 'manual', url })

function asked(get: typeof httpsGet, url: string, options: RequestOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const answer = async (response: IncomingMessage) => {
      let text = ''
      for await (const part of response) text += String(part)
      return `${response.statusCode} ${text}`
    }
    get(url, options, (response) => resolve(answer(response))).on('error', reject)
  })
}

test('after a sleep no call is given a connection from before, and none that is in use is cut', async () => {
  const held = Promise.withResolvers<void>()
  const ports: (number | undefined)[] = []
  const server = createServer((request, response) => {
    ports.push(request.socket.remotePort)
    void (request.url === '/slow' ? held.promise : Promise.resolve()).then(() => response.end('here'))
  })
  const url = await listen(server)
  const { network: way } = network(manual(null))
  const ask = async (path: string) => asked(httpGet, url + path, { agent: (await way.agents(url)).httpAgent })
  const settled = () => new Promise(setImmediate)
  await ask('/')
  await settled()
  await ask('/')
  await settled()
  expect(ports[1]).toBe(ports[0])
  const slow = ask('/slow')
  await expect.poll(() => ports.length).toBe(3)
  await ask('/')
  await settled()
  way.renew()
  await ask('/')
  expect(ports[4]).not.toBe(ports[3])
  held.resolve()
  expect(await slow).toBe('200 here')
})

test.each([
  ['http://proxy.example.com:8080', null],
  ['https://proxy.example.com', null],
  ['http://[::1]:3128/', null],
  ['proxy.example.com:8080', 'proxy.address'],
  ['socks5://proxy.example.com:1080', 'proxy.address'],
  ['http://proxy.example.com/path', 'proxy.address'],
  ['', 'proxy.address'],
  ['http://me:secret@proxy.example.com:8080', 'proxy.secret'],
  ['http://me@proxy.example.com:8080', 'proxy.secret'],
])('the proxy address %j: %s', (text, key) => {
  expect(checkProxyUrl(text)).toBe(key)
})

test.each([
  ['PROXY proxy.example.com:8080; DIRECT', 'http://proxy.example.com:8080'],
  ['HTTPS secure.example.com:443', 'https://secure.example.com:443'],
  ['DIRECT', null],
  ['DIRECT; PROXY proxy.example.com:8080', null],
  ['SOCKS5 socks.example.com:1080; PROXY proxy.example.com:8080', 'http://proxy.example.com:8080'],
  ['SOCKS5 socks.example.com:1080', null],
  ['PROXY', null],
  ['', null],
])('the auto-config answer %j leads to %s', (answer, proxy) => {
  expect(fromPac(answer)).toBe(proxy)
})

test.each([
  ['http://localhost:9000', true],
  ['http://127.0.0.1', true],
  ['http://127.9.8.7', true],
  ['http://[::1]:9000', true],
  ['http://127.0.0.1.example.com', false],
  ['http://10.0.0.1', false],
  ['https://s3.amazonaws.com', false],
])('%s is this computer: %s', (url, own) => {
  expect(isLoopback(new URL(url))).toBe(own)
})

test('the environment’s proxy is taken per host, and a kind that cannot be spoken is passed over', async () => {
  withEnv({
    HTTPS_PROXY: 'http://env.example.com:3128',
    NO_PROXY: 'internal.example.com',
    https_proxy: '',
    no_proxy: '',
  })
  expect(await environmentProxy('https://bedrock.us-west-2.amazonaws.com')).toBe(
    'http://env.example.com:3128',
  )
  expect(await environmentProxy('https://internal.example.com')).toBeNull()
  withEnv({ HTTPS_PROXY: 'socks5://env.example.com:1080' })
  expect(await environmentProxy('https://bedrock.us-west-2.amazonaws.com')).toBeNull()
})

test('this computer is never reached through a proxy', async () => {
  const { network: net } = network(manual('http://proxy.example.com:8080'))
  expect(await net.proxy('http://127.0.0.1:9000/x')).toBeNull()
  expect(await net.proxy('https://s3.us-west-2.amazonaws.com')).toBe('http://proxy.example.com:8080')
})

test('“none” asks nobody; “system” asks once a while per host, and again after a failure', async () => {
  const urls: string[] = []
  let fail = true
  const ask = async (url: string) => {
    urls.push(url)
    if (fail) throw new Error('no answer yet')
    return null
  }
  const none = network({ mode: 'none', url: 'http://unused.example.com' }, ask)
  await none.network.agents('https://s3.us-west-2.amazonaws.com/a')
  expect(urls).toEqual([])
  const { network: net, clock } = network({ mode: 'system', url: null }, ask)
  await expect(net.agents('https://s3.us-west-2.amazonaws.com/a')).rejects.toThrow('no answer yet')
  fail = false
  await net.agents('https://s3.us-west-2.amazonaws.com/a')
  await net.agents('https://s3.us-west-2.amazonaws.com/b')
  expect(urls).toEqual(['https://s3.us-west-2.amazonaws.com/', 'https://s3.us-west-2.amazonaws.com/'])
  clock.advance(60_000)
  await net.agents('https://s3.us-west-2.amazonaws.com/b')
  expect(urls).toHaveLength(3)
})

test('one proxy has one pair of pools, and a changed choice leads to another', async () => {
  const choice: ProxyChoice = { mode: 'manual', url: 'http://one.example.com:1' }
  const { network: net } = network(choice)
  const first = await net.agents('https://a.example.com')
  expect(await net.agents('https://b.example.com')).toBe(first)
  choice.url = 'http://two.example.com:2'
  expect(await net.agents('https://a.example.com')).not.toBe(first)
})

test('https goes through the tunnel of the proxy, and its connection is used again', async () => {
  let connections = 0
  const server = createTlsServer({ cert: certificate, key: certificateKey }, (_, response) => {
    response.end('from afar')
  })
  server.on('secureConnection', () => connections++)
  const far = await listen(server)
  const proxy = await startProxy(Number(new URL(far).port))
  const { network: net } = network(manual(proxy.url))
  const { httpsAgent } = await net.agents('https://bedrock.test/x')
  for (const path of ['x', 'y']) {
    const answer = await asked(httpsGet, `https://bedrock.test/${path}`, {
      agent: httpsAgent,
      ca: certificate,
    })
    expect(answer).toBe('200 from afar')
  }
  expect(proxy.asked).toEqual(['CONNECT bedrock.test:443'])
  expect(connections).toBe(1)
})

test('a certificate nobody vouches for is refused through a proxy as well', async () => {
  const server = createTlsServer({ cert: certificate, key: certificateKey }, (_, response) => response.end())
  const proxy = await startProxy(Number(new URL(await listen(server)).port))
  const { httpsAgent } = await network(manual(proxy.url)).network.agents('https://bedrock.test')
  await expect(asked(httpsGet, 'https://bedrock.test/', { agent: httpsAgent })).rejects.toMatchObject({
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  })
})

test('a proxy that wants a sign-in is named as such, not taken for the far server', async () => {
  const proxy = await startProxy(1, 407)
  const { httpsAgent } = await network(manual(proxy.url)).network.agents('https://bedrock.test')
  await expect(asked(httpsGet, 'https://bedrock.test/', { agent: httpsAgent })).rejects.toMatchObject({
    name: 'ProxyRefused',
    status: 407,
  })
})

test('plain http goes through the proxy too', async () => {
  const far = await listen(createServer((_, response) => response.end('from afar')))
  const proxy = await startProxy(Number(new URL(far).port))
  const { httpAgent } = await network(manual(proxy.url)).network.agents('http://store.test')
  expect(await asked(httpGet, 'http://store.test/x', { agent: httpAgent })).toBe('200 from afar')
  expect(proxy.asked).toEqual(['GET http://store.test/x'])
})

test('closing breaks what is under way, so that the program can end', async () => {
  const { network: net } = network({ mode: 'none', url: null })
  const far = await listen(createServer(() => net.close()))
  const { httpAgent } = await net.agents(far)
  await expect(asked(httpGet, far, { agent: httpAgent })).rejects.toMatchObject({ code: 'ECONNRESET' })
})
