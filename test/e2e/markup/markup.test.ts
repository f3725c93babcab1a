import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bringVideo } from '../../support/sidecar'
import { startFrame, type Frame } from '../frame/kit'

/** What becomes an element, and runs, wherever a text is taken for markup. */
const markup = '<img src=x onerror=window.ran=1>'

let frame: Frame
let page: Page
let service: Server

/** A finished video whose prompt and file name are markup, as a library brings it. */
function addVideo(library: string, number: number): void {
  const prompt = `${number} ${markup}`
  // Windows takes no such file names.
  const name = process.platform === 'win32' ? String(number) : prompt
  const id = `01930000-0000-7000-8000-00000000000${number}`
  bringVideo({ library, id, name, prompt, params: { note: markup } })
}

/** A service that refuses everything in words that are markup. */
async function startService(): Promise<string> {
  service = createServer((_request, response) => {
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: markup, message: markup, code: 1201, request_id: 'x' }))
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(service.address() as AddressInfo).port}`
}

beforeAll(async () => {
  frame = await startFrame()
  const { studio, library } = frame
  const url = await startService()
  addVideo(library, 1)
  addVideo(library, 2)
  await studio.api('POST', '/library/rebuild')
  await studio.api('PATCH', '/settings', { assistantConsent: true, confirmAbove: null })
  const { body: account } = await studio.api('POST', '/connections', {
    provider: 'kling',
    label: markup,
    settings: { kind: 'global', signIn: 'key', baseUrl: url },
    secrets: { apiKey: 'a-key-of-nobody' },
    keep: 'session',
  })
  const params = { mode: 'std', duration: 5, aspect_ratio: '16:9' }
  const { body: made } = await studio.api('POST', '/jobs', {
    model: 'kling-v1-6',
    connectionId: account['id'],
    prompt: `3 ${markup}`,
    params,
  })
  const [job] = made['jobs'] as { id: string }[]
  const state = async () => (await studio.api('GET', `/jobs/${job?.id ?? ''}`)).body['state']
  await vi.waitUntil(async () => (await state()) === 'failed', { timeout: 30_000, interval: 100 })
  await studio.api('POST', '/queue/pause')
  await studio.api('POST', '/jobs', { model: 'animatic', prompt: `4 ${markup}` })
  page = await frame.open()
})

afterAll(async () => {
  await frame.close()
  service.close()
})

/** What of the markup came to life: elements made of it, and code that ran. */
function alive(): Promise<unknown[]> {
  return page.evaluate(() => [
    ...[...document.querySelectorAll('img[src="x"], [onerror]')].map((made) => made.outerHTML),
    ...('ran' in window ? ['it ran'] : []),
  ])
}

/** Waits until the text stands there letter by letter; answers what of it lives. */
async function aliveBeside(where: ReturnType<Page['locator']>): Promise<unknown[]> {
  await where.filter({ hasText: markup }).first().waitFor()
  return alive()
}

const go = (view: string) =>
  page.locator('nav').locator('a, button').filter({ hasText: view }).first().click()

describe('markup stays text', () => {
  it('on cards, in the prompt of the inspector, its file name, its parameters and its request', async () => {
    expect(
      await aliveBeside(
        page.getByRole('gridcell', { name: /^1 / }).or(page.getByRole('gridcell').filter({ hasText: '1 <' })),
      ),
    ).toEqual([])
    await page
      .getByRole('gridcell')
      .filter({ hasText: `1 ${markup}` })
      .click()
    expect(await aliveBeside(page.getByRole('complementary'))).toEqual([])
  })

  it('in what a service said of a failure', async () => {
    await page
      .getByRole('gridcell')
      .filter({ hasText: `3 ${markup}` })
      .click()
    expect(await aliveBeside(page.getByRole('complementary'))).toEqual([])
  })

  it('in the queue', async () => {
    await go('Queue')
    expect(await aliveBeside(page.getByText(`4 ${markup}`))).toEqual([])
  })

  it('in the name of a connection', async () => {
    await go('Connections')
    expect(await aliveBeside(page.getByText(markup))).toEqual([])
  })

  it('in what a service says when a connection is tested', async () => {
    await page.getByRole('article').getByRole('button', { name: 'Test connection' }).click()
    const steps = page.getByRole('list', { name: 'Steps of the test' })
    expect(await aliveBeside(steps.getByText(markup))).toEqual([])
  })

  it('in the prompts and settings of what is compared', async () => {
    await page.context().close()
    page = await frame.open()
    for (const number of [1, 2]) {
      await page
        .getByRole('gridcell')
        .filter({ hasText: `${number} ${markup}` })
        .click({ modifiers: ['ControlOrMeta'] })
    }
    await page.keyboard.press('c')
    await page.locator('#compare-title').waitFor()
    expect(await aliveBeside(page.getByText(markup).and(page.locator(':not([role=gridcell] *)')))).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('#compare-title').waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
  })

  it('in the prompt, and in what the assistant says of it', async () => {
    const field = page.locator('[data-prompt] textarea')
    await field.fill(`A fox and [${markup}]`)
    await page.keyboard.press('Control+j')
    const panel = page.getByRole('region', { name: 'Write with Claude' })
    await panel.getByRole('tab', { name: 'Check' }).click()
    expect(await aliveBeside(panel.getByText(markup))).toEqual([])
    await page.keyboard.press('Control+j')
    await panel.waitFor({ state: 'detached' })
    await field.fill('')
  })

  it('in the table of usage', async () => {
    await go('Usage')
    await page.locator('nav [aria-current=page]', { hasText: 'Usage' }).waitFor()
    expect(await alive()).toEqual([])
  })

  /** Drops a file on the window as another program would. */
  const drop = (file: { name: string; type: string; text: string }) =>
    page.evaluate(({ name, type, text }) => {
      const data = new DataTransfer()
      data.items.add(new File([text], name, { type }))
      for (const type of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(
          new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }),
        )
      }
    }, file)

  it('in a file of prompts: its name, its rows, and what is wrong with them', async () => {
    await go('Gallery')
    await page.getByRole('grid').waitFor()
    const text = `prompt,model,${markup}\n"5 ${markup}","${markup}",1\n`
    await drop({ name: `${markup}.csv`, type: 'text/csv', text })
    const batch = page.getByRole('dialog', { name: 'Batch' })
    expect(await aliveBeside(batch.getByText(markup))).toEqual([])
    await page.keyboard.press('Escape')
    await batch.waitFor({ state: 'detached' })
  })

  it('in what is said of a dropped file', async () => {
    await drop({ name: `${markup}.png`, type: 'image/png', text: 'no picture' })
    expect(await aliveBeside(page.getByText(markup).and(page.locator(':not([role=gridcell] *)')))).toEqual([])
  })
})
