import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../support/chromium'
import { startStudio, type RunningStudio } from '../support/studio'

let root: string
let studio: RunningStudio
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'dailies-flow-'))
  studio = await startStudio({ dataDir: join(root, 'data'), library: join(root, 'library') })
  browser = await launchChromium()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(studio.address)
})
afterAll(async () => {
  await browser.close()
  await studio.stop()
  rmSync(root, { recursive: true, force: true })
})

const prompt = () => page.getByRole('textbox', { name: 'Prompt', exact: true })
const cell = (words: string) => page.getByRole('gridcell', { name: new RegExp(words) })
const videos = () =>
  existsSync(join(root, 'library'))
    ? readdirSync(join(root, 'library'), { recursive: true, encoding: 'utf8' }).filter((n) =>
        n.endsWith('.mp4'),
      )
    : []

/** Sets a choice chip of the composer. */
async function choose(chip: RegExp, choice: string) {
  await page.getByRole('region', { name: 'Composer' }).getByRole('button', { name: chip }).click()
  await page.getByRole('radio', { name: choice }).click()
}

describe('a person who opened the printed address', () => {
  it('writes a line, presses Generate and plays a real video', async () => {
    await prompt().fill('A paper boat on a quiet lake, the moon rising')
    await choose(/^Resolution/, '540p')
    await page.getByRole('button', { name: 'Generate' }).click()
    const card = cell('A paper boat')
    await card.waitFor()
    await expect.poll(videos, { timeout: 60_000 }).toHaveLength(1)
    await card.click()
    const player = page.getByRole('group', { name: 'Player' })
    await player.getByRole('button', { name: 'Play', exact: true }).click()
    const time = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0)
    await expect.poll(time, { timeout: 20_000 }).toBeGreaterThan(0.4)
    await player.getByRole('button', { name: 'Pause', exact: true }).click()
    const at = await time()
    await player.getByRole('button', { name: 'One frame on' }).click()
    await expect.poll(time).toBeGreaterThan(at)
  })

  it('drops a picture on the window as the first frame and makes a video of it', async () => {
    const picture = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#336699' } })
      .jpeg()
      .toBuffer()
    const data = await page.evaluateHandle((base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], '湖.jpg', { type: 'image/jpeg' }))
      return transfer
    }, picture.toString('base64'))
    const target = page.getByRole('main')
    await target.dispatchEvent('dragenter', { dataTransfer: data })
    await target.dispatchEvent('dragover', { dataTransfer: data })
    const first = page.getByText('First frame', { exact: true }).last()
    await first.dispatchEvent('dragover', { dataTransfer: data })
    await first.dispatchEvent('drop', { dataTransfer: data })
    await page
      .getByRole('button', { name: /Remove.*first frame|First frame: / })
      .first()
      .waitFor()
    await prompt().fill('The lake in the picture')
    await page.getByRole('button', { name: 'Generate' }).click()
    await cell('The lake in the picture').waitFor()
    await expect.poll(videos, { timeout: 60_000 }).toHaveLength(2)
  })

  it('finds a video by a word of its prompt and by none that is not there', async () => {
    const search = page.getByRole('textbox', { name: 'Search prompts' })
    await search.fill('boat')
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(1)
    await search.fill('zeppelin')
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(0)
    await search.fill('')
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(2)
  })

  it('reuses the settings of an earlier video', async () => {
    await prompt().fill('Something else')
    await cell('A paper boat').click()
    await page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('button', { name: 'Reuse' })
      .click()
    await expect.poll(() => prompt().inputValue()).toMatch(/^A paper boat/)
  })

  it('deletes a video with its file, and gets both back with Undo', async () => {
    await cell('A paper boat').click()
    await page.keyboard.press('Delete')
    const ask = page.getByRole('alertdialog').or(page.getByRole('dialog'))
    await ask.getByRole('checkbox').first().check()
    await ask.getByRole('button', { name: /Delete|Remove/ }).click()
    await expect.poll(() => cell('A paper boat').count()).toBe(0)
    const told = page.getByRole('dialog').filter({ hasText: 'Video deleted' })
    await told.getByRole('button', { name: 'Undo' }).click()
    await cell('A paper boat').waitFor()
    expect(videos()).toHaveLength(2)
  })
})
