import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openHistory } from '../../../src/main/history'
import { fillHistory } from '../../bench/support/jobs'
import { launchChromium } from '../../support/chromium'
import { ManualClock } from '../../support/clock'
import { startStudio, type RunningStudio } from '../../support/studio'

/** The built studio with a history of its own, and a Chromium beside it. */
export interface Gallery {
  studio: RunningStudio
  browser: Browser
  open(options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

/** Starts a studio whose history holds `jobs` jobs of years of use. */
export async function startGallery(jobs: number): Promise<Gallery> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  const dataDir = join(folder, 'data')
  if (jobs > 0) {
    const history = await openHistory({ dataDir, clock: new ManualClock(), log: pino({ level: 'silent' }) })
    fillHistory(history, jobs)
    history.close()
  }
  const studio = await startStudio({ dataDir, library: join(folder, 'library') })
  const browser = await launchChromium()
  return {
    studio,
    browser,
    async open(options = {}) {
      const context = await browser.newContext({
        locale: 'en-GB',
        colorScheme: 'dark',
        viewport: { width: 1440, height: 900 },
        ...options,
      })
      const page = await context.newPage()
      await page.goto(studio.address)
      await page.getByRole('region', { name: 'Gallery' }).waitFor()
      return page
    },
    async close() {
      await browser.close()
      await studio.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What the cards that are drawn say, in their order. */
export function texts(page: Page): Promise<string[]> {
  return page.getByRole('gridcell').allTextContents()
}

/** What the cards in sight say, in their order. */
export function inSight(page: Page): Promise<string[]> {
  return page.getByRole('grid').evaluate((grid) => {
    const frame = grid.parentElement?.getBoundingClientRect()
    return [...grid.querySelectorAll('[data-seq]')]
      .filter((card) => {
        const { top, bottom } = card.getBoundingClientRect()
        return frame !== undefined && bottom > frame.top && top < frame.bottom
      })
      .map((card) => card.textContent)
  })
}

/** How many cards are drawn whose star is set. */
export function starred(page: Page): Promise<number> {
  // On the card the pointer is on the star is a button.
  const pressed = page.locator('[data-act=star][aria-pressed=true]')
  return page.getByRole('gridcell').getByRole('img', { name: 'Favourite' }).or(pressed).count()
}

/** The seq of the card the keyboard is on. */
export function focused(page: Page): Promise<number> {
  return page.evaluate(() => {
    const on = document.activeElement
    return on instanceof HTMLElement ? Number(on.dataset['seq']) : Number.NaN
  })
}

/** Scrolls the gallery to a place, in pixels. */
export function scrollTo(page: Page, top: number): Promise<void> {
  return page.getByRole('grid').evaluate((grid, to) => grid.parentElement?.scrollTo({ top: to }), top)
}
