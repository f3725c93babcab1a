import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { development, pageSource } from '../../../src/main/system'

const id = '01890000-0000-7000-8000-000000000000'

test('in ordinary use nothing comes from a development server', () => {
  expect(development({})).toBeNull()
  expect(development({ DAILIES_DEV_TOKEN: 'known-to-somebody' })).toBeNull()
})

test.each(['http://evil.example:5173', 'https://localhost:5173', 'file:///tmp', 'nonsense'])(
  'a page server at %s is not believed',
  (address) => {
    expect(development({ ELECTRON_RENDERER_URL: address, DAILIES_DEV_TOKEN: 'x' })).toBeNull()
  },
)

test('sources come from the development server; calls and media do not, whatever folders the sources have', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('content-type', 'text/javascript').end('source')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const dev = development({ ELECTRON_RENDERER_URL: `http://127.0.0.1:${port}` })
  if (!dev) throw new Error('no development')
  const source = pageSource(dev)
  for (const path of ['/', '/main.tsx?t=1', '/api/client.ts', '/media/engine.ts', '/@vite/client']) {
    const answer = await source(new Request(`http://127.0.0.1:1${path}`))
    expect([path, answer?.headers.get('content-type')]).toEqual([path, 'text/javascript'])
  }
  expect(asked).toEqual(['/', '/main.tsx?t=1', '/api/client.ts', '/media/engine.ts', '/@vite/client'])
  for (const path of ['/api/jobs', '/api/openapi.json', `/media/${id}/video`, `/media/asset/${id}/thumb`]) {
    expect([path, source(new Request(`http://127.0.0.1:1${path}`))]).toEqual([path, null])
  }
})
