import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JobRow } from '../../src/shared/contract'
import { launchChromium } from '../support/chromium'
import { startStudio, type RunningStudio } from '../support/studio'

interface Printed {
  name: string
  values: [field: string, value: string][]
}

let folder: string
let studio: RunningStudio
let browser: Browser
let services: Printed[]
/** Ends the simulators; answers all that they printed. */
let stop: () => Promise<string>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  const script = join(process.cwd(), 'scripts', 'simulate.mjs')
  const child = spawn(process.execPath, [script, '--port', '0', '--seconds', '1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  let text = ''
  await new Promise<void>((ready, fail) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('Ctrl-C ends it.')) ready()
    })
    void gone.then(() => fail(new Error(`the simulators ended: ${text}`)))
  })
  stop = async () => {
    child.kill('SIGINT')
    await gone
    return text
  }
  services = read(text)
  studio = await startStudio({
    dataDir: join(folder, 'data'),
    library: join(folder, 'library'),
    // No session bus, so no keychain.
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'none')}`, HOME: folder },
  })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await studio.stop()
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The services and their fields, as they stand in the terminal. */
function read(text: string): Printed[] {
  return text.split('\n\n').flatMap((part) => {
    const [name = '', ...lines] = part.split('\n')
    const values = lines.flatMap((line): [string, string][] => {
      const [, field, value] = /^ {2}(\S.*?) {1,}(\S+)$/.exec(line) ?? []
      return field === undefined || value === undefined ? [] : [[field, value]]
    })
    return values.length === 0 ? [] : [{ name, values }]
  })
}

async function type(page: Page, [name, value]: [string, string]): Promise<void> {
  if (value === 'on') return page.getByRole('switch', { name }).click()
  // A choice of a way to sign in may be called as its key is.
  await page
    .locator('input:not([type="radio"])')
    .and(page.getByLabel(name, { exact: true }))
    .fill(value)
}

it(
  'prints, for every service, fields by the names that the form has, and values that work',
  {
    retry: 0,
  },
  async () => {
    expect(services.map(({ name }) => name)).toEqual([
      'Luma Ray2 (AWS)',
      'Cerebrium',
      'Runway',
      'Kling',
      'Jimeng',
    ])
    for (const { name, values } of services) {
      const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
      const page = await context.newPage()
      await page.goto(studio.address)
      await page.getByRole('navigation').getByRole('button', { name: 'Connections' }).click()
      // The page calls a service by the name that the terminal has in brackets, where it has one.
      const called = /\((.*)\)/.exec(name)?.[1] ?? name
      if (name === services[0]?.name) await page.getByRole('button', { name: `Connect ${called}` }).click()
      else {
        await page.getByRole('button', { name: 'Add a connection' }).click()
        await page.getByRole('menuitem', { name: called }).click()
      }
      const more = page.getByText('More settings', { exact: true })
      if ((await more.count()) > 0) await more.click()
      for (const pair of values) await type(page, pair)
      await page.getByRole('button', { name: 'Test connection' }).click()
      await page.getByText('Everything works.').waitFor()
      await page.getByRole('button', { name: 'Keep for this session only' }).click()
      await page.getByRole('button', { name: 'Save connection' }).click()
      await page.getByRole('button', { name: 'Save connection' }).waitFor({ state: 'detached' })
      await context.close()
    }
  },
)

it('gives a video to who has typed them in, and tells at its end what would have been charged', async () => {
  const { body } = await studio.api('GET', '/connections')
  const connections = body['connections'] as { id: string; provider: string }[]
  const connectionId = connections.find(({ provider }) => provider === 'luma-ray2')?.id
  const made = await studio.api('POST', '/jobs', { model: 'luma-ray2', connectionId, prompt: 'A lighthouse' })
  const [job] = made.body['jobs'] as JobRow[]
  const state = async () => (await studio.api('GET', `/jobs/${job?.id}`)).body['state']
  await expect.poll(state, { timeout: 30_000 }).toBe('completed')
  expect(await stop()).toContain('Jobs that would have been charged: Luma Ray2 1, Cerebrium 0')
})
