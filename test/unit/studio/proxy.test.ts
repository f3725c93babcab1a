import { createRouterClient } from '@orpc/server'
import { connect } from 'node:net'
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { createStudio } from '../../../src/main/studio'
import { startAws } from '../../simulators/aws'
import { tempFolder } from '../../support/folder'
import { studioPorts } from '../../support/ports'
import { bareSurroundings } from '../../support/surroundings'
import { certificate, certificateKey } from '../network/certificate'
import { listen, startProxy } from '../network/proxy'

/** Names that no resolver knows: only a proxy leads there. */
const far = {
  bedrock: 'https://runtime.bedrock.test',
  s3: 'https://s3.bedrock.test',
  sts: 'https://sts.bedrock.test',
}

/** AWS behind TLS under those names; answers the port where all of them are served. */
async function startFar() {
  const aws = await startAws()
  onTestFinished(() => aws.close())
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, certificate])
  onTestFinished(() => setDefaultCACertificates(before))
  const ports: Record<string, number> = {
    'runtime.bedrock.test': portOf(aws.urls.bedrock),
    's3.bedrock.test': portOf(aws.urls.s3),
    'sts.bedrock.test': portOf(aws.urls.sts),
  }
  const server = createServer({ cert: certificate, key: certificateKey }, (socket) => {
    const onward = connect(ports[String(socket.servername)] ?? 0, '127.0.0.1')
    socket.pipe(onward).pipe(socket)
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
  })
  return { aws, port: portOf(await listen(server)) }
}

const portOf = (url: string) => Number(new URL(url).port)

/** A studio on a computer whose system knows `systemProxy`. */
async function openStudio(systemProxy: (url: string) => string | null = () => null) {
  const folder = tempFolder()
  const studio = await createStudio(
    studioPorts(folder, {
      surroundings: { ...bareSurroundings, systemProxy: async (url) => systemProxy(url) },
    }),
  )
  onTestFinished(() => studio.close())
  const client = createRouterClient(studio.router)
  return {
    choose: (patch: Parameters<typeof client.settings.set>[0]) => client.settings.set(patch),
    /** The steps of a connection's test, which calls STS, Bedrock and S3: name, state and sentence of each. */
    tried: async ({ aws }: Awaited<ReturnType<typeof startFar>>, urls: typeof far = far) => {
      const { accessKeyId, secretAccessKey } = aws.credential
      const steps = await client.connections.test({
        provider: 'luma-ray2',
        settings: {
          bucket: aws.bucket,
          bedrockEndpoint: urls.bedrock,
          bedrockControlEndpoint: urls.bedrock,
          s3Endpoint: urls.s3,
          stsEndpoint: urls.sts,
          pathStyle: true,
          connectTimeoutSeconds: 2,
        },
        secrets: { accessKeyId, secretAccessKey },
      })
      const said = []
      for await (const { id, state, message } of steps) said.push({ id, state, message })
      return said
    },
  }
}

const everyHost = [
  'CONNECT runtime.bedrock.test:443',
  'CONNECT s3.bedrock.test:443',
  'CONNECT sts.bedrock.test:443',
]
const allWell = (steps: { state: string }[]) => steps.length > 4 && steps.every(({ state }) => state === 'ok')

test('every AWS client goes through the proxy set by hand', async () => {
  const there = await startFar()
  const proxy = await startProxy(there.port)
  const { choose, tried } = await openStudio()
  await choose({ proxyMode: 'manual', proxyUrl: proxy.url })
  expect(await tried(there)).toSatisfy(allWell)
  expect([...new Set(proxy.asked)].toSorted()).toEqual(everyHost)
})

test('a changed choice counts at the next call, without a restart', async () => {
  const there = await startFar()
  const [one, two] = [await startProxy(there.port), await startProxy(there.port)]
  const { choose, tried } = await openStudio()
  await choose({ proxyMode: 'manual', proxyUrl: one.url })
  expect(await tried(there)).toSatisfy(allWell)
  const asked = one.asked.length
  await choose({ proxyUrl: two.url })
  expect(await tried(there)).toSatisfy(allWell)
  expect([...new Set(two.asked)].toSorted()).toEqual(everyHost)
  const askedThen = two.asked.length
  await choose({ proxyMode: 'none' })
  // Without a proxy those names lead nowhere.
  expect((await tried(there)).filter(({ state }) => state === 'ok')).toEqual([])
  expect([one.asked.length, two.asked.length]).toEqual([asked, askedThen])
})

test('the system is asked per host, and what it excepts goes straight', async () => {
  const there = await startFar()
  const proxy = await startProxy(there.port)
  const { tried } = await openStudio((url) =>
    new URL(url).hostname === 's3.bedrock.test' ? null : proxy.url,
  )
  const steps = await tried(there)
  expect([...new Set(proxy.asked)].toSorted()).toEqual(everyHost.filter((one) => !one.includes('s3.')))
  expect(steps.filter(({ state }) => state === 'ok').map(({ id }) => id)).toEqual([
    'identity',
    'model',
    'access',
  ])
})

test('a store on this computer is never reached through a proxy', async () => {
  const there = await startFar()
  const proxy = await startProxy(there.port)
  const { choose, tried } = await openStudio(() => proxy.url)
  await choose({ proxyMode: 'manual', proxyUrl: proxy.url })
  expect(await tried(there, there.aws.urls)).toSatisfy(allWell)
  expect(proxy.asked).toEqual([])
})

test('a proxy that wants a sign-in is said to, and nothing else is blamed', async () => {
  const there = await startFar()
  const proxy = await startProxy(there.port, 407)
  const { choose, tried } = await openStudio()
  await choose({ proxyMode: 'manual', proxyUrl: proxy.url })
  const said = (await tried(there)).filter(({ state }) => state !== 'skipped')
  expect(said.map(({ id }) => id)).toEqual(['identity', 'model', 'bucket'])
  for (const { message } of said)
    expect(message).toMatch(/^The proxy did not open a way to .* CONNECT with 407/)
  expect(there.aws.requests()).toEqual([])
})
