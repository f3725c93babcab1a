import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually'
import { seriousFaults, startFrame, type Frame, type Look } from '../frame/kit'

const key = 'relay-key-of-the-first-address-1111'
const next = 'relay-key-of-the-next-address-2222'

/** A gateway that knows nobody and remembers what it was told. */
async function gateway() {
  const heard: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    heard.push(request.headers)
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"who are you"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections())
  return {
    url: `http://127.0.0.1:${port}`,
    keys: () => heard.map(({ authorization }) => authorization),
    close,
  }
}

let frame: Frame
let first: Awaited<ReturnType<typeof gateway>>
let other: Awaited<ReturnType<typeof gateway>>

beforeAll(async () => {
  ;[frame, first, other] = await Promise.all([startFrame(), gateway(), gateway()])
  await frame.studio.api('POST', '/connections', {
    provider: 'runway',
    label: 'Gateway',
    settings: { kind: 'relay', relayUrl: first.url },
    secrets: { relayKey: key },
    keep: 'session',
  })
})
afterAll(async () => {
  await frame.close()
  await Promise.all([first.close(), other.close()])
})

/** The field itself: what is shown of a kept key bears the same name. */
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true }).and(page.locator('input'))
const button = (page: Page, name: string) => page.getByRole('button', { name })

async function edit(look: Look = {}): Promise<Page> {
  const page = await frame.open(look)
  await page.getByRole('navigation').getByRole('button', { name: 'Connections' }).click()
  await page.getByRole('article', { name: 'Gateway' }).getByRole('button', { name: 'Edit' }).click()
  return page
}

/** The sentence that a screen reader reads with a field. */
const described = (page: Page, name: string) =>
  field(page, name).evaluate((input) =>
    (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent),
  )

const sentence = 'The address changed: enter the key again.'

describe('the form of a connection whose address changes', () => {
  it('would let the kept key stand for another address, or not say why it asks for it again', async () => {
    const page = await edit()
    const kept = page.getByRole('group', { name: 'Key of the relay' })
    await kept.waitFor()
    await field(page, 'Address of the relay').fill(other.url)
    await field(page, 'Key of the relay').waitFor()
    expect(await kept.count()).toBe(0)
    expect(await described(page, 'Key of the relay')).toEqual([sentence])
    expect(await described(page, 'Address of the relay')).toEqual([sentence])
    await page.getByRole('status').getByText(sentence).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.context().close()
  })

  it('would go on asking when the address is the old one again', async () => {
    const page = await edit()
    await field(page, 'Address of the relay').fill(other.url)
    await field(page, 'Key of the relay').fill('x')
    await field(page, 'Key of the relay').fill('')
    await field(page, 'Address of the relay').fill(`${first.url}/v2`)
    await page.getByRole('group', { name: 'Key of the relay' }).getByText('ends in ••••1111').waitFor()
    expect(await page.getByText(sentence).count()).toBe(0)
    await page.context().close()
  })

  it('would send the kept key to the new address, or lose what was typed when it is refused', async () => {
    const page = await edit()
    await field(page, 'Name').fill('Moved')
    await field(page, 'Address of the relay').fill(other.url)
    for (const press of ['Test connection', 'Save']) {
      await button(page, press).click()
      await eventually(async () =>
        expect(await field(page, 'Address of the relay').getAttribute('aria-invalid')).toBe('true'),
      )
      expect(await described(page, 'Address of the relay')).toEqual([sentence])
      await field(page, 'Key of the relay').fill(`${next} `)
      await eventually(async () =>
        expect(await field(page, 'Address of the relay').getAttribute('aria-invalid')).toBeNull(),
      )
      await field(page, 'Key of the relay').fill('')
    }
    expect(await field(page, 'Name').inputValue()).toBe('Moved')
    expect(await field(page, 'Address of the relay').inputValue()).toBe(other.url)
    expect(other.keys()).toEqual([])
    await page.context().close()
  })

  it('would not be done by keyboard alone, from the address to a saved key', async () => {
    const page = await edit()
    await field(page, 'Address of the relay').fill(other.url)
    await field(page, 'Key of the relay').waitFor()
    await field(page, 'Key of the relay').focus()
    await page.keyboard.type(next)
    expect(await page.getByText(sentence).count()).toBe(2)
    await page.keyboard.press('Control+S')
    await page
      .getByRole('article', { name: 'Gateway' })
      .getByRole('button', { name: 'Test connection' })
      .click()
    await expect.poll(() => other.keys()).toContain(`Bearer ${next}`)
    expect(JSON.stringify([other.keys(), first.keys()])).not.toContain(key)
    await page.context().close()
  })
})
