import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { vi } from 'vitest'
import type { JobDetail, JobRequest, JobRow } from '../../../src/shared/contract'
import { launchChromium } from '../../support/chromium'
import { startStudio, type RunningStudio } from '../../support/studio'

/** The built studio with finished videos, and a Chromium beside it. */
export interface CompareScene {
  studio: RunningStudio
  browser: Browser
  /** Where the videos lie. */
  library: string
  /** The finished videos, in the order in which they were asked for. */
  jobs: JobRow[]
  /** The job as the studio has it now. */
  job(id: string): Promise<JobDetail>
  /** Opens a page at the gallery. */
  open(options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

/** Starts a studio and renders one batch of animatics in it. */
export async function startCompare(requests: readonly JobRequest[]): Promise<CompareScene> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  const library = join(folder, 'library')
  const studio = await startStudio({ dataDir: join(folder, 'data'), library })
  const browser = await launchChromium()
  const open: CompareScene['open'] = async (options = {}) => {
    const context = await browser.newContext({
      locale: 'en-GB',
      colorScheme: 'dark',
      viewport: { width: 1440, height: 900 },
      ...options,
    })
    const page = await context.newPage()
    await page.goto(studio.address)
    await page.getByRole('grid').waitFor()
    return page
  }
  const made = await studio.api('POST', '/batches', { requests })
  const page = await browser.newPage()
  await page.goto(studio.address)
  const finished = async () => (await studio.api('GET', '/jobs?state=completed&sort=oldest')).body['jobs']
  const count = (made.body['jobs'] as JobRow[]).length
  const whole = async () =>
    ((await finished()) as JobRow[]).filter(({ poster }) => poster !== null).length === count
  await vi.waitUntil(whole, { timeout: 150_000, interval: 250 })
  const jobs = (await finished()) as JobRow[]
  await page.close()
  return {
    studio,
    browser,
    library,
    jobs,
    job: async (id) => (await studio.api('GET', `/jobs/${id}`)).body as unknown as JobDetail,
    open,
    async close() {
      await browser.close()
      await studio.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Chooses videos in the gallery, and compares them by key. */
export async function compare(page: Page, jobs: readonly JobRow[]): Promise<void> {
  for (const { seq } of jobs)
    await page.locator(`[data-seq="${seq}"]`).click({ modifiers: ['ControlOrMeta'] })
  await page.keyboard.press('c')
  await page.locator('#compare-title').waitFor()
  await ready(page, jobs.length)
}

/** Waits until so many videos have something to show. */
export async function ready(page: Page, count: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const videos = [...document.querySelectorAll('video')]
    return videos.length === wanted && videos.every((video) => video.readyState >= 3 && !video.seeking)
  }, count)
}

/** Where each video is, in seconds, all read in the same moment. */
export function times(page: Page): Promise<number[]> {
  return page.evaluate(() => [...document.querySelectorAll('video')].map((video) => video.currentTime))
}
