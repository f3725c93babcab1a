import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { Browser } from 'playwright-core'
import { openHistory } from '../../src/main/history'
import { launchChromium } from '../support/chromium'
import { ManualClock } from '../support/clock'
import { startStudio } from '../support/studio'
import { fillHistory } from './support/jobs'
import type { BenchRow } from './support/row'

const small = 100
const large = 100_000
const rounds = 7

/** Milliseconds from starting the studio to the first card on the page. */
async function firstPaint(browser: Browser, dataDir: string, library: string): Promise<number> {
  const from = performance.now()
  const studio = await startStudio({ dataDir, library })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    await page.goto(studio.address, { waitUntil: 'commit' })
    await page.getByRole('gridcell').first().waitFor()
    return performance.now() - from
  } finally {
    await context.close()
    await studio.stop()
  }
}

const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

/** Start to first gallery paint, 100,000 jobs against 100, in turns so that both meet the same machine. */
export async function startupBench(): Promise<BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'dailies-bench-start-'))
  const browser = await launchChromium()
  try {
    const folder = async (count: number) => {
      const dataDir = join(root, String(count))
      const history = await openHistory({ dataDir, clock: new ManualClock(), log: pino({ level: 'silent' }) })
      fillHistory(history, count)
      history.close()
      return dataDir
    }
    const folders = { small: await folder(small), large: await folder(large) }
    const library = join(root, 'library')
    const times = { small: [] as number[], large: [] as number[] }
    for (let round = 0; round < rounds; round += 1) {
      times.small.push(await firstPaint(browser, folders.small, library))
      times.large.push(await firstPaint(browser, folders.large, library))
    }
    const ratio = median(times.large) / median(times.small)
    return [
      {
        name: `start to first gallery paint, ${large.toLocaleString('en')} jobs against ${small}`,
        measured: `${ratio.toFixed(2)} times (${median(times.large).toFixed(0)} ms against ${median(times.small).toFixed(0)} ms)`,
        target: 'at most 1.3 times',
        ok: ratio <= 1.3,
      },
    ]
  } finally {
    await browser.close()
    rmSync(root, { recursive: true, force: true })
  }
}
