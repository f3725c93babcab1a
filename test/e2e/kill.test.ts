import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JobRow, StudioEvent } from '../../src/shared/contract'
import { launchChromium } from '../support/chromium'
import { seededRandom } from '../support/clock'
import { watchEvents } from '../support/events'
import { tempFolder } from '../support/folder'
import { expectSound, partsIn, videosIn } from '../support/sound'
import { startStudio, type RunningStudio } from '../support/studio'

const kills = 50
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

/** Opens the page, so that there is somebody to render. */
async function openPage(studio: RunningStudio) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(studio.address, { waitUntil: 'commit' })
  return context
}

/** A moment to kill at: the n-th event of one kind. Every stage of a job's life gets its turn. */
function moment(fraction: () => number): (event: StudioEvent) => boolean {
  const stages = ['progress', 'processing', 'downloading', 'completed', 'any'] as const
  const stage = stages[Math.floor(fraction() * stages.length)] ?? 'any'
  let left = 1 + Math.floor(fraction() * (stage === 'progress' || stage === 'any' ? 10 : 1))
  return (event) => {
    const hit = stage === 'any' || (event.type === 'job' ? event.job.state === stage : event.type === stage)
    if (hit) left -= 1
    return left <= 0
  }
}

it(
  `loses no job and leaves no half file when the studio is killed ${kills} times`,
  { timeout: 600_000, retry: 0 },
  async () => {
    const dataDir = tempFolder()
    const library = tempFolder()
    const random = seededRandom(20261121)
    const made = new Set<string>()

    for (let kill = 0; kill < kills; kill += 1) {
      const studio = await startStudio({ dataDir, library })
      const context = await openPage(studio)
      await watchEvents(
        studio.origin,
        studio.token,
        moment(() => random.fraction()),
        async () => {
          const answer = await studio.api('POST', '/jobs', {
            model: 'animatic',
            prompt: `Kill ${kill}: a lighthouse at dusk, 灯塔`,
            params: { duration: 2, resolution: '540p', ratio: '1:1', seed: kill },
          })
          expect(answer.status, JSON.stringify(answer.body)).toBe(201)
          for (const job of answer.body['jobs'] as JobRow[]) made.add(job.id)
        },
      )
      await studio.kill()
      await context.close()
      expectSound(dataDir, library)
    }

    const studio = await startStudio({ dataDir, library })
    const context = await openPage(studio)
    const open = async () => {
      const answer = await studio.api('GET', '/jobs?limit=200')
      const jobs = answer.body['jobs'] as JobRow[]
      return jobs
        .filter((job) => job.state !== 'completed')
        .map((job) => `${job.id} ${job.state} ${job.waiting}`)
    }
    await expect.poll(open, { timeout: 300_000, interval: 500 }).toEqual([])

    const answer = await studio.api('GET', '/jobs?limit=200')
    const jobs = answer.body['jobs'] as JobRow[]
    expect(new Set(jobs.map((job) => job.id))).toEqual(made)
    expect(await studio.stop()).toBe(0)
    await context.close()
    expectSound(dataDir, library)
    expect(videosIn(library)).toHaveLength(made.size)
    expect(partsIn(library)).toEqual([])
  },
)
