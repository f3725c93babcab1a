import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRunway, type RunwaySimulator } from '../../simulators/runway'
import { launchChromium } from '../../support/chromium'
import { startStudio, type RunningStudio } from '../../support/studio'
import { composer } from '../composer/kit'
import { seriousFaults } from '../frame/kit'

let folder: string
let runway: RunwaySimulator
let studio: RunningStudio
let browser: Browser
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  runway = await startRunway()
  studio = await startStudio({
    dataDir: join(folder, 'data'),
    library: join(folder, 'library'),
    // No session bus, so no keychain.
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'none')}`, HOME: folder },
  })
  browser = await launchChromium()
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  page = await context.newPage()
  await page.goto(studio.address)
})
afterAll(async () => {
  await browser.close()
  await studio.stop()
  await runway.close()
  rmSync(folder, { recursive: true, force: true })
})

const button = (name: string | RegExp) => page.getByRole('button', { name })
const field = (name: string) => page.getByLabel(name, { exact: true })
const steps = () => page.getByRole('list', { name: 'Steps of the test' }).getByRole('listitem')

it('a key that is none is refused at its field, and what is left of the credits stays on the card', async () => {
  await page.getByRole('navigation').getByRole('button', { name: 'Connections' }).click()
  await button('Connect Runway').click()
  await field('API key').fill('sk-0123456789')
  await page.getByText('More settings').click()
  await field('Other address').fill(runway.url)
  await button('Test connection').click()
  await page.getByText(/A key of Runway’s API is key_/).waitFor()
  expect(runway.requests).toEqual([])

  await field('API key').fill(runway.apiKey)
  await button('Test connection').click()
  await page.getByText('Everything works.').waitFor()
  expect(await steps().nth(1).textContent()).toContain('1234 credits left (12.34 USD)')
  // What the earlier try was refused with is over.
  expect(await page.getByText('Some values need another look.').count()).toBe(0)
  expect(await seriousFaults(page)).toEqual([])

  // The steps of one kind of account say nothing of the other.
  await page.getByRole('radio', { name: 'Relay' }).click()
  await field('Address of the relay').waitFor()
  expect(await steps().count()).toBe(0)
  expect(await page.getByText('More settings').count()).toBe(0)
  await page.getByRole('radio', { name: 'Official' }).click()

  await field('Name').fill('Studio')
  await button('Keep for this session only').click()
  await button('Save connection').click()
  const card = page.getByRole('article', { name: 'Studio' })
  await card.getByText('Not tested').waitFor()
  await card.getByRole('button', { name: 'Test connection' }).click()
  await card.getByText('1234 credits left (12.34 USD); the tier allows 10000 a month.').first().waitFor()
  await button('Hide the test').click()
  expect(await card.textContent()).toContain('1234 credits left')
  expect(await page.content()).not.toContain(runway.apiKey)
})

it('each model says what it costs, which account it wants and which shapes it takes', async () => {
  await button('Gallery').first().click()
  await button('Add a model').click()
  const offers = page.getByRole('group', { name: 'Runway' })
  await offers.getByText('from $0.20 a second').waitFor()
  expect(await offers.getByText('Available after connecting').count()).toBe(1)
  await page.getByRole('checkbox', { name: /Gen-4\.5/ }).click()
  await page.getByRole('checkbox', { name: /^Veo 3\.1(?! Fast)/ }).click()
  await page.getByRole('checkbox', { name: /Animatic/ }).click()
  await page.keyboard.press('Escape')
  await composer(page).prompt.fill('A lighthouse at dusk')
  await page.getByText('$2.20 estimated').waitFor()

  await composer(page)
    .chip(/^Ratio/)
    .click()
  const choice = (name: RegExp) => page.getByRole('radio', { name })
  await choice(/^21:9/).waitFor()
  await choice(/^16:9 · 1080p/).waitFor()
  expect(await page.getByText('not for Veo 3.1', { exact: true }).count()).toBe(4)
  await choice(/^9:16$/).click()
  await composer(page)
    .chip(/^Duration/)
    .click()
  await choice(/^4\s*s$/).click()
  await page.getByText('$2.08 estimated').waitFor()
})

it('two models at once: each is sent in its own words, and costs what Runway says', async () => {
  await composer(page).generate.click()
  await expect
    .poll(() => runway.tasks.map(({ status }) => status), { timeout: 30_000 })
    .toEqual(['SUCCEEDED', 'SUCCEEDED'])
  const bodies = runway.tasks
    .map(({ body }) => body)
    .toSorted((a, b) => String(a['model']).localeCompare(String(b['model'])))
  expect(bodies).toEqual([
    { model: 'gen4.5', promptText: 'A lighthouse at dusk', ratio: '720:1280', duration: 4 },
    { model: 'veo3.1', promptText: 'A lighthouse at dusk', ratio: '720:1280', duration: 4 },
  ])
  await page.getByText('$1.60', { exact: true }).first().waitFor()
  await page.getByText('$0.48', { exact: true }).first().waitFor()
})
