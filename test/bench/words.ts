import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startAws } from '../simulators/aws'
import { launchChromium } from '../support/chromium'
import { startStudio } from '../support/studio'
import type { BenchRow } from './support/row'

const words = 10_000
/** Words of one frame of the service. */
const inFrame = 4
/** Milliseconds between two frames: faster than any model writes. */
const frameMs = 2
/** A frame that took half as long again as one at 60 a second came too late for its turn. */
const dropped = (1000 / 60) * 1.5

interface Streamed {
  /** The longest time between two drawn frames while words came, in milliseconds. */
  longest: number
  late: number
  frames: number
}

/** Draws along until the answer has ended, and tells how long each frame took. */
function watch(page: Page): Promise<Streamed> {
  return page.evaluate(async (dropped) => {
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const live = () => document.querySelector('[data-live]')
    while (!live()?.textContent) await nextFrame()
    const frames: number[] = []
    let before = await nextFrame()
    while (live()) {
      const now = await nextFrame()
      // The last one draws the difference, once, and is no frame of the stream.
      if (live()) frames.push(now - before)
      before = now
    }
    return {
      longest: Math.max(...frames),
      late: frames.filter((ms) => ms > dropped).length,
      frames: frames.length,
    }
  }, dropped)
}

/** The same page with nothing to write, for what the machine itself drops. */
function idle(page: Page, frames: number): Promise<number> {
  return page.evaluate(
    async ({ frames, dropped }) => {
      const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
      let late = 0
      let before = await nextFrame()
      for (let at = 0; at < frames; at += 1) {
        const now = await nextFrame()
        if (now - before > dropped) late += 1
        before = now
      }
      return late
    },
    { frames, dropped },
  )
}

/** Milliseconds from the service's first frame of words to their being in the page. */
async function firstWord(page: Page, sent: () => number): Promise<number> {
  const seen = await page.evaluate(async () => {
    while (!document.querySelector('[data-live]')?.textContent)
      await new Promise((resolve) => requestAnimationFrame(resolve))
    return Date.now()
  })
  return seen - sent()
}

/** Words of Claude through the real page: the first one, and ten thousand of them. */
export async function wordsBench(): Promise<BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'dailies-bench-words-'))
  const browser = await launchChromium()
  const aws = await startAws()
  const studio = await startStudio({ dataDir: join(root, 'data'), library: join(root, 'library') })
  try {
    const { accessKeyId, secretAccessKey } = aws.credential
    const { bedrock, s3, sts } = aws.urls
    await studio.api('POST', '/connections', {
      provider: 'claude',
      label: 'Words',
      settings: {
        bedrockEndpoint: bedrock,
        bedrockControlEndpoint: bedrock,
        s3Endpoint: s3,
        stsEndpoint: sts,
        pathStyle: true,
      },
      secrets: { accessKeyId, secretAccessKey },
      keep: 'session',
    })
    await studio.api('PATCH', '/settings', { assistantConsent: true })
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(studio.address)
    await page.locator('[data-prompt] textarea').fill('A lone rider crosses a salt flat')
    await page.keyboard.press('Control+j')
    await page.getByText(/^At most \$/).waitFor()
    const line = page.locator('textarea[data-first]')
    const firsts: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const firstMs = 300
      aws.claude.script({ words: ['Wide '], firstMs, breaks: { after: 1, kind: 'silence' } })
      const before = aws.claude.answered.length
      await line.press('Enter')
      while (aws.claude.answered.length === before) await new Promise(setImmediate)
      const taken = Date.now()
      firsts.push(await firstWord(page, () => taken + firstMs))
      await line.press('Escape')
      await page.locator('[data-live]').waitFor({ state: 'detached' })
    }
    const frame = (at: number) =>
      `${Array.from({ length: inFrame }, (_, place) => `word${at * inFrame + place}`).join(' ')}${at % 20 === 19 ? '\n' : ' '}`
    aws.claude.script({ words: Array.from({ length: words / inFrame }, (_, at) => frame(at)), frameMs })
    await line.press('Enter')
    const { longest, late, frames } = await watch(page)
    const still = await idle(page, frames)
    const sorted = firsts.toSorted((a, b) => a - b)
    const usual = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
    return [
      {
        name: "the assistant's first word on the page after its frame",
        measured: `${usual.toFixed(0)} ms (${sorted.map((ms) => ms.toFixed(0)).join(', ')})`,
        target: 'within 50 ms',
        ok: usual <= 50,
      },
      {
        name: `${words.toLocaleString('en')} words streamed through the page`,
        measured: `${late} of ${frames} frames dropped (longest ${longest.toFixed(1)} ms; writing nothing ${still})`,
        target: 'no frame dropped for it',
        ok: late <= still,
      },
    ]
  } finally {
    await studio.stop()
    await aws.close()
    await browser.close()
    rmSync(root, { recursive: true, force: true })
  }
}
