import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults, ElementContext, RunOptions } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../../support/chromium'
import { startStudio, type RunningStudio } from '../../support/studio'

declare global {
  interface Window {
    axe: { run(context: ElementContext, options: RunOptions): Promise<AxeResults> }
  }
}

/** The built studio in the browser shell, and a Chromium beside it. */
export interface Frame {
  studio: RunningStudio
  browser: Browser
  /** The folder that videos land in. */
  library: string
  open(look?: Look): Promise<Page>
  close(): Promise<void>
}

export interface Look {
  theme?: 'dark' | 'light'
  language?: 'en-GB' | 'zh-CN'
  width?: number
  height?: number
}

export async function startFrame(): Promise<Frame> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  const library = join(folder, 'library')
  const studio = await startStudio({ dataDir: join(folder, 'data'), library })
  const browser = await launchChromium()
  return {
    studio,
    browser,
    library,
    async open({ theme = 'dark', language = 'en-GB', width = 1440, height = 900 } = {}) {
      const context = await browser.newContext({
        colorScheme: theme,
        locale: language,
        viewport: { width, height },
      })
      const page = await context.newPage()
      await page.goto(studio.address)
      await page.locator('nav').waitFor()
      return page
    },
    async close() {
      await browser.close()
      await studio.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What axe-core finds wrong that matters: each rule with the elements it names. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  await page.evaluate(await readFile(axe, 'utf8'))
  const results = await page.evaluate(() =>
    // Focus guards hand the focus on at once; nobody ever stands on one.
    window.axe.run(
      { exclude: ['[data-base-ui-focus-guard]'] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    ),
  )
  return results.violations
    .filter((fault) => fault.impact === 'serious' || fault.impact === 'critical')
    .map((fault) => `${fault.id}: ${fault.nodes.map((node) => String(node.target)).join(', ')}`)
}
