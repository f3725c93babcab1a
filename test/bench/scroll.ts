import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { Page } from 'playwright-core'
import { openHistory } from '../../src/main/history'
import { launchChromium } from '../support/chromium'
import { ManualClock } from '../support/clock'
import { startStudio } from '../support/studio'
import { furnish } from './support/furnish'
import { fillHistory } from './support/jobs'
import type { BenchRow } from './support/row'

const jobs = 100_000
/** How long each way of scrolling lasts, in milliseconds. */
const lasting = 4000
/** A headless Chromium draws 60 times a second, give or take what its own clock is off. */
const enough = 58

interface Scrolled {
  fps: number
  /** The longest 1 % of frames begins here, in milliseconds. */
  p99: number
  cards: number
  players: number
}

/** Scrolls by `step` pixels a frame, turning at the ends, and counts frames, cards and players meanwhile. */
function scroll(page: Page, step: number): Promise<Scrolled> {
  return page.evaluate(
    async ({ step, lasting }) => {
      const scroller = document.querySelector('[role=grid]')?.parentElement
      if (!scroller) throw new Error('There is no gallery.')
      const frames: number[] = []
      let cards = 0
      let players = 0
      let way = step
      const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
      let before = await nextFrame()
      const end = before + lasting
      while (before < end) {
        const edge = scroller.scrollHeight - scroller.clientHeight
        if (scroller.scrollTop + way > edge || scroller.scrollTop + way < 0) way = -way
        scroller.scrollTop += way
        const now = await nextFrame()
        frames.push(now - before)
        before = now
        cards = Math.max(cards, document.querySelectorAll('[data-seq]').length)
        players = Math.max(players, document.querySelectorAll('video').length)
      }
      const sorted = frames.toSorted((a, b) => a - b)
      const whole = frames.reduce((sum, frame) => sum + frame, 0)
      return {
        fps: (frames.length / whole) * 1000,
        p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
        cards,
        players,
      }
    },
    { step, lasting },
  )
}

/** Scrolling 100,000 cards in the real page: frames a second, and how much stands in the page meanwhile. */
export async function scrollBench(): Promise<BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'dailies-bench-scroll-'))
  const browser = await launchChromium()
  try {
    const dataDir = join(root, 'data')
    const history = await openHistory({ dataDir, clock: new ManualClock(), log: pino({ level: 'silent' }) })
    const library = join(root, 'library')
    fillHistory(history, jobs)
    await furnish(history, dataDir, library)
    history.close()
    const studio = await startStudio({ dataDir, library })
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.goto(studio.address)
      const grid = page.getByRole('grid')
      await grid.waitFor()
      // The whole list is known when its last line is: 100,000 cards are tens of thousands of lines.
      await page.waitForFunction(() => Number(document.querySelector('[role=grid]')?.ariaRowCount) > 10_000)
      const box = await grid.boundingBox()
      if (box) await page.mouse.move(box.x + 200, box.y + 200)

      const row = (how: string, { fps, p99 }: Scrolled): BenchRow => ({
        name: `${how} through ${jobs.toLocaleString('en')} cards`,
        measured: `${fps.toFixed(1)} frames a second (p99 ${p99.toFixed(1)} ms)`,
        target: '60 frames a second',
        ok: fps >= enough,
      })
      const slow = await scroll(page, 30)
      const fast = await scroll(page, 400)
      // As with the scroll bar: another part of the list at every frame.
      const flying = await scroll(page, 40_000)
      const most = (pick: (scrolled: Scrolled) => number) => Math.max(pick(slow), pick(fast), pick(flying))
      const cards = most((scrolled) => scrolled.cards)
      const players = most((scrolled) => scrolled.players)
      return [
        row('scrolling', slow),
        row('scrolling fast', fast),
        {
          name: 'cards and players in the page while scrolling',
          measured: `${cards} cards, ${players} players (flying: ${flying.fps.toFixed(1)} frames a second)`,
          target: 'at most 150 cards and 8 players',
          ok: cards <= 150 && players <= 8,
        },
      ]
    } finally {
      await studio.stop()
    }
  } finally {
    await browser.close()
    rmSync(root, { recursive: true, force: true })
  }
}
