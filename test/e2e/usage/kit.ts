import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Charged, JobError, JobState, Money, Settings } from '../../../src/shared/contract'
import { openHistory, type History } from '../../../src/main/history'
import { launchChromium } from '../../support/chromium'
import { ManualClock, seededRandom } from '../../support/clock'
import { startStudio, type RunningStudio } from '../../support/studio'

export const usd = (units: number): Money => ({ micros: Math.round(units * 1_000_000), currency: 'USD' })

/** A job of the past, as the history keeps it. */
export interface Past {
  at: number
  model?: string
  provider?: string
  connectionId?: string | null
  state?: JobState
  charged?: Charged
  cost?: Money | null
  estimate?: Money | null
  costKind?: 'exact' | 'computed'
  prompt?: string
  error?: JobError
}

export const awsId = '01900000-0000-7000-8000-0000000000aa'

const price = {
  unit: 'second' as const,
  micros: 1_500_000,
  currency: 'USD',
  date: '2026-11-24',
  source: 'Price list of the service',
}

/** Writes jobs into a history that no studio has open. */
export function writePast(history: History, past: readonly Past[]): string[] {
  const random = seededRandom(7)
  return past.map((one) => {
    const { at, state = 'completed', charged = 'yes', cost = usd(7.5), estimate = usd(7.5) } = one
    const id = random.id(at)
    const base = { id, batchId: null, retryOf: null, inputs: [], request: null, place: null }
    history.jobs.insert([
      {
        ...base,
        params: one.provider === undefined ? { duration: '5s', resolution: '720p' } : {},
        prompt: one.prompt ?? 'A lighthouse at dusk, the lamp sweeping across slow fog',
        provider: one.provider ?? 'luma-ray2',
        model: one.model ?? 'luma-ray2',
        connectionId: one.connectionId === undefined ? awsId : one.connectionId,
        endpoint: null,
        idempotencyToken: id,
        estimate,
        priceDate: price.date,
        price: one.provider === 'animatic' ? null : price,
        ratio: 16 / 9,
        createdAt: at,
      },
    ])
    history.jobs.move(
      id,
      ['queued'],
      state,
      at + 60_000,
      { kind: 'submitting' },
      {
        submitAttemptedAt: at,
        charged,
        cost: charged === 'yes' ? cost : null,
        costKind: charged === 'yes' && cost ? (one.costKind ?? 'computed') : null,
        durationMs: state === 'completed' ? 5000 : null,
        finishedAt: at + 60_000,
        error: one.error ?? null,
      },
    )
    return id
  })
}

/** The built studio with a past, and a Chromium beside it. */
export interface Books {
  studio: RunningStudio
  browser: Browser
  /** Ids of the past's jobs, in its order. */
  ids: string[]
  open(options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

/** Starts a studio that has this past, with one connection, and these choices of the person. */
export async function startBooks(
  past: readonly Past[],
  given: { settings?: Partial<Settings>; budget?: Money | null } = {},
): Promise<Books> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  const dataDir = join(folder, 'data')
  const history = await openHistory({ dataDir, clock: new ManualClock(), log: pino({ level: 'silent' }) })
  history.connections.insert({
    id: awsId,
    provider: 'luma-ray2',
    label: 'Studio account',
    enabled: true,
    // Nobody answers there: what is made waits, and reaches no service.
    settings: {
      signIn: 'keys',
      region: 'us-west-2',
      bucket: 'dailies-videos',
      bedrockEndpoint: 'http://127.0.0.1:9',
      s3Endpoint: 'http://127.0.0.1:9',
    },
    secrets: [],
    concurrency: null,
    budget: given.budget ?? null,
    tested: null,
    createdAt: 0,
    updatedAt: 0,
    removedAt: null,
  })
  const ids = writePast(history, past)
  history.settings.set(given.settings ?? {})
  history.close()
  const studio = await startStudio({ dataDir, library: join(folder, 'library') })
  const browser = await launchChromium()
  return {
    studio,
    browser,
    ids,
    async open(options = {}) {
      const context = await browser.newContext({
        locale: 'en-GB',
        colorScheme: 'dark',
        viewport: { width: 1440, height: 900 },
        acceptDownloads: true,
        ...options,
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
