import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobRow } from '../../../src/shared/contract'
import { seriousFaults } from '../frame/kit'
import { compare, ready, startCompare, times, type CompareScene } from './kit'

const frame = 1 / 24
/** Videos are decoded by the processor here, which may have other work. */
const patient = { timeout: 20_000, interval: 20 }
let scene: CompareScene
let jobs: [JobRow, JobRow, JobRow, JobRow]
beforeAll(async () => {
  const prompt = 'A lighthouse at dusk'
  const params = { resolution: '540p', seed: 7, duration: 4 }
  scene = await startCompare([
    { model: 'animatic', prompt, params },
    { model: 'animatic', prompt: 'A lighthouse at dawn', params },
    { model: 'animatic', prompt, params: { ...params, duration: 2, ratio: '9:16' } },
    { model: 'animatic', prompt, params: { ...params, ratio: '1:1' } },
  ])
  const [a, b, c, d] = scene.jobs
  if (!a || !b || !c || !d) throw new Error('not all videos were made')
  jobs = [a, b, c, d]
}, 180_000)
afterAll(() => scene?.close())

/** How far the videos are from where the common time has each of them, the farthest, in seconds. */
async function drift(page: Page, lengths: readonly number[]): Promise<number> {
  const now = await times(page)
  const lead = Math.max(...now)
  return Math.max(
    ...now.map((time, place) => Math.abs(time - Math.min(lead, (lengths[place] ?? 0) - frame / 2))),
  )
}

const position = (page: Page) => page.getByRole('slider', { name: 'Position' }).inputValue().then(Number)
const bar = (page: Page) => page.getByRole('group', { name: 'All videos together' })
const isPlaying = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('video')].filter((video) => !video.paused).length)

describe('compared videos', () => {
  it('play, pause and step together, all within a frame, by keyboard', async () => {
    const page = await scene.open()
    await compare(page, jobs.slice(0, 2))
    expect(await times(page)).toEqual([0, 0])
    await page.keyboard.press('Space')
    await expect.poll(() => isPlaying(page), patient).toBe(2)
    // Looked at again and again while they play, once both have started.
    await expect.poll(async () => Math.min(...(await times(page))), patient).toBeGreaterThan(0.6)
    const drifts: number[] = []
    for (let look = 0; look < 8; look += 1) drifts.push(await drift(page, [4, 4]))
    expect(Math.max(...drifts)).toBeLessThan(frame)
    await page.keyboard.press('Space')
    await expect.poll(() => isPlaying(page), patient).toBe(0)
    await ready(page, 2)
    expect(await drift(page, [4, 4])).toBeLessThan(frame / 4)

    const before = (await times(page))[0] ?? 0
    await page.keyboard.press('.')
    await ready(page, 2)
    const [one = 0, two = 0] = await times(page)
    expect(one - before).toBeGreaterThan(0)
    expect(one - before).toBeLessThan(2 * frame)
    expect(Math.abs(one - two)).toBeLessThan(1e-3)
    await page.keyboard.press(',')
    await page.keyboard.press(',')
    await ready(page, 2)
    expect((await times(page))[0]).toBeLessThan(one)
    await page.keyboard.press('Home')
    await ready(page, 2)
    expect(await times(page)).toEqual([0, 0])
    await page.context().close()
  })

  it('of other lengths and shapes go by the longest, and the shorter says that its last frame stays', async () => {
    const page = await scene.open()
    await compare(page, jobs)
    const slider = page.getByRole('slider', { name: 'Position' })
    await slider.fill('3')
    await ready(page, 4)
    const [a = 0, b = 0, c = 0, d = 0] = await times(page)
    for (const time of [a, b, d]) expect(Math.abs(time - 3)).toBeLessThan(frame)
    expect(c).toBeGreaterThan(2 - frame)
    expect(c).toBeLessThan(2)
    await page.getByText('Ended at 2 s; its last frame stays').waitFor()
    await slider.fill('1')
    await ready(page, 4)
    expect(await drift(page, [4, 4, 2, 4])).toBeLessThan(frame)
    expect(await page.getByText('Ended at').count()).toBe(0)
    // None is drawn outside the view, or over another.
    const boxes = await page
      .locator('figure')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()))
    const view = page.viewportSize() ?? { width: 0, height: 0 }
    for (const box of boxes as DOMRect[]) {
      expect(box.right).toBeLessThanOrEqual(view.width)
      expect(box.bottom).toBeLessThanOrEqual(view.height)
    }
    await page.context().close()
  })

  it('play on together past the end of the shorter, at another speed, and begin again in a loop', async () => {
    const page = await scene.open()
    await compare(page, jobs)
    await page.getByRole('button', { name: 'Speed 1×' }).click()
    await page.getByRole('menuitemcheckbox', { name: '2×' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('slider', { name: 'Position' }).fill('1.5')
    await ready(page, 4)
    await bar(page).getByRole('button', { name: 'Play' }).click()
    await page.getByText('Ended at 2 s; its last frame stays').waitFor()
    await expect.poll(() => isPlaying(page), patient).toBe(3)
    await expect.poll(() => position(page), patient).toBeLessThan(1.4)
    await expect.poll(() => isPlaying(page), patient).toBe(4)
    await bar(page).getByRole('button', { name: 'Pause' }).click()
    await ready(page, 4)
    expect(await drift(page, [4, 4, 2, 4])).toBeLessThan(frame)
    await bar(page).getByRole('button', { name: 'Loop' }).click()
    await page.keyboard.press('Escape')
    await page.context().close()
  })

  it('let only the one in focus be heard', async () => {
    const page = await scene.open()
    await compare(page, jobs.slice(0, 2))
    const heard = () =>
      page.evaluate(() => [...document.querySelectorAll('video')].map((video) => !video.muted))
    expect(await heard()).toEqual([true, false])
    await page.getByLabel('Video B').focus()
    expect(await heard()).toEqual([false, true])
    await page.keyboard.press('m')
    expect(await heard()).toEqual([false, false])
    await page.keyboard.press('m')
    expect(await heard()).toEqual([false, true])
    await page.context().close()
  })

  it('show what differs in columns with the words marked, and once what is the same', async () => {
    const page = await scene.open()
    await compare(page, jobs.slice(0, 2))
    const table = page.getByRole('table')
    expect(await table.locator('mark').allTextContents()).toEqual(['dusk', 'dawn'])
    expect(await table.getByRole('rowheader').allTextContents()).not.toContain('Seed')
    await page.locator('dl').getByText('Seed').waitFor()
    await page.context().close()
  })
})

describe('comparing', () => {
  it('goes back to the gallery with everything still chosen, by the key it came with', async () => {
    const page = await scene.open()
    await compare(page, jobs.slice(0, 3))
    await page.keyboard.press('Escape')
    await page.getByText('3 selected').waitFor()
    await page
      .getByRole('toolbar')
      .getByRole('button', { name: /^Compare/ })
      .click()
    await page.getByRole('heading', { name: 'Compare 3 videos' }).waitFor()
    await ready(page, 3)
    expect(await times(page)).toEqual([0, 0, 0])
    await page.context().close()
  })

  it('picks a winner by key, marks it for good, and takes the stars and the others away where asked', async () => {
    const page = await scene.open()
    const [a, b, c] = jobs
    await scene.studio.api('POST', '/jobs-favourite', { ids: [a.id], favourite: true })
    await compare(page, [a, b, c])
    await page.locator('figure').filter({ hasText: 'A' }).getByText('Winner').waitFor()
    await page.getByLabel('Video B').focus()
    await page.keyboard.press('w')
    await page.getByText('B is the winner and a favourite now').waitFor()
    await expect.poll(async () => (await scene.job(b.id)).favourite).toBe(true)
    await page.getByRole('button', { name: "Take the other's star away" }).click()
    await expect.poll(async () => (await scene.job(a.id)).favourite).toBe(false)
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Delete the others' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('2 videos deleted').waitFor()
    await page.getByRole('grid').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.locator(`[data-seq="${c.seq}"]`).waitFor()
    await page.context().close()
  })

  it('shows a batch with a video whose file is gone in its own place, and plays the others', async () => {
    const page = await scene.open({ colorScheme: 'light', viewport: { width: 960, height: 640 } })
    const [lost, kept] = jobs
    const { file } = await scene.job(lost.id)
    rmSync(join(scene.library, file ?? ''))
    await page.locator(`[data-seq="${kept.seq}"]`).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Compare this batch' }).click()
    await page.getByRole('heading', { name: 'Compare 4 videos' }).waitFor()
    await page.locator('figure').first().getByText('File not found').waitFor()
    await page.locator('figure').first().getByRole('button', { name: 'Locate file' }).waitFor()
    await ready(page, 3)
    await page.keyboard.press('Space')
    await expect.poll(() => isPlaying(page), patient).toBe(3)
    expect(await seriousFaults(page)).toEqual([])
    await page.context().close()
  })
})
