import { Readable } from 'node:stream'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { createDictionaries } from '../../src/main/desktop/dictionaries'
import type { WireCall, WireStream } from '../../src/main/wire'

const source = 'https://redirector.gvt1.com/edgedl/chrome/dict/'

/** Dictionaries whose outside world is `world`; with all addresses that were asked for. */
async function open(world: (url: string) => Omit<WireStream, 'stream'> & { body?: string }) {
  const asked: string[] = []
  const wire = {
    async open({ url }: WireCall) {
      asked.push(url)
      const { body = '', ...answer } = world(url)
      return { ...answer, stream: Readable.from([Buffer.from(body)]) }
    },
  }
  const dictionaries = createDictionaries(wire, pino({ level: 'silent' }))
  onTestFinished(() => dictionaries.close())
  return { asked, dictionaries, address: await dictionaries.open() }
}

test('a dictionary would not come from where the source sends on to', async () => {
  const near = 'http://r1---sn-near.gvt1.com/edgedl/chrome/dict/en-gb-10-1.bdic?cms_redirect=yes'
  const { asked, address } = await open((url) =>
    url === near ? { status: 200, headers: {}, body: 'words' } : { status: 302, headers: { location: near } },
  )
  const answer = await fetch(`${address}en-gb-10-1.bdic`)
  expect([answer.status, await answer.text()]).toEqual([200, 'words'])
  expect(asked).toEqual([`${source}en-gb-10-1.bdic`, near])
})

test('a source that sends on without end would be followed without end', async () => {
  const { asked, address } = await open((url) => ({ status: 302, headers: { location: `${url}x` } }))
  expect((await fetch(`${address}de-3-0.bdic`)).status).toBe(502)
  expect(asked).toHaveLength(5)
})

test('somebody could have other things fetched than dictionaries, or guess the address', async () => {
  const { asked, address } = await open(() => ({ status: 200, headers: {}, body: 'words' }))
  const { origin } = new URL(address)
  for (const url of [
    address,
    `${address}secret.txt`,
    `${address}..%2fen-gb-10-1.bdic`,
    `${address}a/en-gb-10-1.bdic`,
    `${address}en-gb-10-1.bdic?secret`,
    `${origin}/en-gb-10-1.bdic`,
    `${origin}/00000000-0000-4000-8000-000000000000/en-gb-10-1.bdic`,
  ]) {
    expect([url, (await fetch(url)).status]).toEqual([url, 404])
  }
  expect((await fetch(`${address}en-gb-10-1.bdic`, { method: 'POST', body: 'secret' })).status).toBe(404)
  expect(asked).toEqual([])
})

test('closed, it would go on answering; opened again, it would be found where it was', async () => {
  const { dictionaries, address } = await open(() => ({ status: 404, headers: {} }))
  expect(await dictionaries.open()).toBe(address)
  expect((await fetch(`${address}en-gb-10-1.bdic`)).status).toBe(404)
  dictionaries.close()
  await expect(fetch(`${address}en-gb-10-1.bdic`)).rejects.toThrow('fetch failed')
  expect(await dictionaries.open()).not.toBe(address)
})
