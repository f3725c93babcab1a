import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { JobRow } from '../../../src/shared/contract'
import { launchChromium } from '../../support/chromium'
import { startStudio, type RunningStudio } from '../../support/studio'

/** The built studio with a queue, and a Chromium beside it. */
export interface QueueScene {
  studio: RunningStudio
  browser: Browser
  /** Makes one animatic of each prompt, and answers their ids. */
  make(prompts: readonly string[]): Promise<string[]>
  /** Prompts of what waits, in the order the studio has it. */
  order(): Promise<string[]>
  /** Opens a page at the queue. */
  open(options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

/** Starts a studio whose queue is paused. */
export async function startQueue(): Promise<QueueScene> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  const studio = await startStudio({ dataDir: join(folder, 'data'), library: join(folder, 'library') })
  await studio.api('POST', '/queue/pause')
  const browser = await launchChromium()
  return {
    studio,
    browser,
    async make(prompts) {
      const ids: string[] = []
      for (const prompt of prompts) {
        const params = { duration: 2, resolution: '540p' }
        const { body } = await studio.api('POST', '/jobs', { model: 'animatic', prompt, params })
        ids.push(...(body['jobs'] as JobRow[]).map(({ id }) => id))
      }
      return ids
    },
    async order() {
      const { body } = await studio.api('GET', '/queue')
      return (body['jobs'] as JobRow[]).filter(({ state }) => state === 'queued').map(({ prompt }) => prompt)
    },
    async open(options = {}) {
      const context = await browser.newContext({
        locale: 'en-GB',
        colorScheme: 'dark',
        viewport: { width: 1440, height: 900 },
        ...options,
      })
      const page = await context.newPage()
      await page.goto(studio.address)
      await page.locator('nav').waitFor()
      await page.keyboard.press('2')
      await page.locator('#queue-title').waitFor()
      return page
    },
    async close() {
      await browser.close()
      await studio.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
