import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { startDouble, type Double } from '../double'
import { trayHostPath } from '../../support/trayHost'
import { borrowPort } from '../scenes/portClient'

let folder: string
let double: Double
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  double = await startDouble({
    dataDir: join(folder, 'data'),
    library: join(folder, 'library'),
    env: { PATH: trayHostPath(folder, true) },
  })
  page = await double.page()
  await page.locator('nav').waitFor()
})
afterAll(async () => {
  await double.stop()
  // Chromium may still be writing its profile.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

const prompt = () => page.getByRole('textbox', { name: 'Prompt', exact: true })
const settings = () => page.getByRole('region', { name: 'Desktop' })
const labels = async () => (await double.do('popup')).flatMap(({ label }) => (label === '' ? [] : [label]))

describe('spelling and menus on text', () => {
  it('would mark every word, fetch something unasked, or correct nothing', async () => {
    expect((await double.recorded()).spelling).toMatchObject({ enabled: false, languages: [] })
    expect(await prompt().evaluate((field) => (field as HTMLTextAreaElement).spellcheck)).toBe(false)
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^Settings/ })
      .click()
    await settings().getByRole('switch', { name: 'Check spelling in prompts' }).click()
    await settings().getByText('fetched once each from Google').waitFor()
    await expect.poll(async () => (await double.recorded()).spelling.languages).toEqual(['en-GB'])
    const { enabled, from } = (await double.recorded()).spelling
    expect(enabled).toBe(true)
    // No network here: what counts is that Chromium's own request came through, and was passed on.
    await expect
      .poll(async () => (await double.recorded()).spelling.fetched)
      .toEqual([['en-gb-10-1.bdic', 502]])
    expect(from).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]{36}\/$/)
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^Gallery/ })
      .click()
    await prompt().fill('A lighthose')
    expect(await prompt().evaluate((field) => (field as HTMLTextAreaElement).spellcheck)).toBe(true)
    // Names and numbers are not prose.
    const search = page.getByPlaceholder('Search prompts')
    expect(await search.evaluate((field) => (field as HTMLInputElement).spellcheck)).toBe(false)

    await double.do('misspell', 'lighthose', ['lighthouse'])
    await prompt().click({ button: 'right' })
    await expect.poll(labels).toContain('lighthouse')
    expect(await labels()).toEqual([
      'lighthouse',
      'Add to dictionary',
      'Undo',
      'Redo',
      'Cut',
      'Copy',
      'Paste',
      'Select all',
    ])
    await double.do('clickPopup', ['lighthouse'])
    expect((await double.recorded()).replaced).toEqual(['lighthouse'])
    await double.do('closePopup')
  })
})

describe('a video made out of sight', () => {
  it('would end unheard, or lead nowhere when its notification is clicked', async () => {
    const { client, back } = await borrowPort(page)
    const params = { duration: 2, resolution: '540p', ratio: '1:1', seed: 1 }
    await client.jobs.create({ model: 'animatic', prompt: 'A kite over the dunes', params })
    await double.do('blur')
    await back()
    const told = async () => (await double.recorded()).notifications
    await expect
      .poll(told, { timeout: 45_000 })
      .toMatchObject([
        { title: 'Your video is ready', body: 'A kite over the dunes', icon: 'image', shown: true },
      ])
    expect(await double.recorded()).toMatchObject({ badge: 1, progress: { value: -1 }, awake: [] })
    const [{ id } = { id: 0 }] = await told()
    await double.do('clickNotification', id)
    const details = page.getByRole('region', { name: 'Details of the video' })
    await details.getByText('A kite over the dunes', { exact: true }).waitFor()
    expect((await double.recorded()).badge).toBe(0)
  })

  it('would have the system’s menu over its card, or no link to give away', async () => {
    const before = (await double.recorded()).popups
    await page.getByRole('gridcell', { name: /A kite over the dunes/ }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Copy link' }).click()
    await page.getByText('Link copied').waitFor()
    expect((await double.recorded()).popups).toBe(before)
  })
})

describe('what comes from outside', () => {
  it('a second start with a table of prompts would be lost', async () => {
    const path = join(folder, 'shots.csv')
    writeFileSync(path, 'prompt\nA fox in the snow\nAn owl at dawn\n')
    expect(await double.startAgain([path])).toBe(0)
    const batch = page.getByRole('dialog', { name: 'Batch' })
    await batch.getByText('shots.csv').waitFor()
    await page.keyboard.press('Escape')
    await batch.waitFor({ state: 'detached' })
  })

  it('a picture dropped on the icon would be lost, or its name taken for markup', async () => {
    const path = join(folder, '&lt;owl&gt; &amp; co.png')
    copyFileSync(join(process.cwd(), 'resources', 'icon.png'), path)
    await double.do('openFile', path)
    const chip = page.getByRole('button', { name: `First frame: ${basename(path)}` })
    await expect.poll(() => chip.count()).toBe(1)
  })

  it('a link to nothing would say nothing', async () => {
    await double.do('openUrl', 'dailies://job/01890000-0000-7000-8000-00000000dead')
    await page.getByText('a job that is not in this history').waitFor()
    await double.do('openUrl', 'dailies://job/<img src=x onerror=alert(1)>')
    await page.getByText('This link leads to nothing in Dailies').waitFor()
    expect(await page.locator('img[src="x"]').count()).toBe(0)
  })
})

describe('the tray', () => {
  it('would lose the page with its draft when the window is closed', async () => {
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^Settings/ })
      .click()
    await settings().getByRole('switch', { name: 'Show Dailies in the tray' }).click()
    await expect
      .poll(async () => (await double.recorded()).tray)
      .toMatchObject([{ destroyed: false, icon: true }])
    await page.evaluate(() => (document.documentElement.dataset['same'] = 'yes'))
    await double.do('closeWindow')
    await expect.poll(() => double.do('windows')).toMatchObject([{ visible: false, minimized: false }])
    expect((await double.do('trayMenu')).map(({ label }) => label)).toContain('Nothing is being made')
    await double.do('clickTrayMenu', ['Open Dailies'])
    expect(await double.do('windows')).toMatchObject([{ visible: true, focused: true }])
    expect(await page.locator('html').getAttribute('data-same')).toBe('yes')
  })

  it('would keep the program from ending when that is asked for', async () => {
    await double.do('closeWindow')
    await double.do('clickTrayMenu', ['Quit Dailies']).catch(() => undefined)
    expect(await double.ended).toBe(0)
  })
})
