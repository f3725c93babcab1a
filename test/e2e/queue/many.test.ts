import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobRow } from '../../../src/shared/contract'
import { startQueue, type QueueScene } from './kit'

const many = 5_000
const atOnce = 200
const nameOf = (n: number) => `Heron ${String(n).padStart(4, '0')}`
let scene: QueueScene

beforeAll(async () => {
  scene = await startQueue()
  for (let n = 0; n < many; n += atOnce) {
    const requests = Array.from({ length: atOnce }, (_, at) => ({
      model: 'animatic',
      prompt: nameOf(n + at),
      params: { duration: 2, resolution: '540p' },
    }))
    const { status, body } = await scene.studio.api('POST', '/batches', { requests })
    if (status !== 201) throw new Error(JSON.stringify(body))
  }
}, 120_000)
afterAll(() => scene?.close())

const list = (page: Page) => page.getByRole('list', { name: 'Waiting' })
const rowAt = (page: Page, place: number) => list(page).locator(`[data-place="${place}"]`)
const handle = (page: Page, n: number) => page.getByRole('button', { name: `Move: ${nameOf(n)}` })
/** Prompts of the first of those that wait, as the studio has them. */
async function kept(first: number, end: number): Promise<string[]> {
  const { body } = await scene.studio.api('GET', '/queue?limit=1000')
  return (body['jobs'] as JobRow[]).slice(first, end).map(({ prompt }) => prompt)
}
const scrollTo = (page: Page, place: number) =>
  page.locator('[data-scroller]').evaluate((view, top) => (view.scrollTop = top), place * 60)

describe('a queue of 5,000', () => {
  it('is all there, from the first to the last, and few rows of it are drawn', async () => {
    const page = await scene.open()
    await rowAt(page, 1).getByText(nameOf(0)).waitFor()
    await page.getByText(`0 at work, ${many} in line`).waitFor()
    await scrollTo(page, many)
    await rowAt(page, many)
      .getByText(nameOf(many - 1))
      .waitFor()
    expect(await list(page).getByRole('listitem').count()).toBeLessThan(80)
    await page.context().close()
  })

  it('is put in another order by keyboard from end to end, and the keyboard stays on the job', async () => {
    const page = await scene.open()
    await handle(page, 1).focus()
    await page.keyboard.press('End')
    await page.getByText(`Now ${many} of ${many}`).waitFor()
    await rowAt(page, many).getByText(nameOf(1)).waitFor()
    await expect.poll(() => kept(0, 2)).toEqual([nameOf(0), nameOf(2)])
    await expect.poll(() => handle(page, 1).evaluate((it) => it === document.activeElement)).toBe(true)
    await page.keyboard.press('ArrowUp')
    await page.getByText(`Now ${many - 1} of ${many}`).waitFor()
    await page.keyboard.press('Home')
    await rowAt(page, 1).getByText(nameOf(1)).waitFor()
    await expect.poll(() => kept(0, 3)).toEqual([nameOf(1), nameOf(0), nameOf(2)])
    await expect.poll(() => handle(page, 1).evaluate((it) => it === document.activeElement)).toBe(true)
    await expect
      .poll(() => page.locator('[data-scroller]').evaluate((view) => view.scrollTop))
      .toBeLessThan(200)
    await page.context().close()
  })

  it('is put in another order by mouse in its middle, across more than was drawn', async () => {
    const page = await scene.open()
    await rowAt(page, 1).waitFor()
    await scrollTo(page, 500)
    await rowAt(page, 506).getByText(nameOf(505)).waitFor()
    const from = await handle(page, 505).boundingBox()
    if (!from) throw new Error('no handle')
    const at = { x: from.x + from.width / 2, y: from.y + from.height / 2 }
    await page.mouse.move(at.x, at.y)
    await page.mouse.down()
    await page.mouse.move(at.x, at.y + 60 * 2.2, { steps: 6 })
    await page.mouse.up()
    await expect.poll(() => kept(504, 508)).toEqual([504, 506, 507, 505].map(nameOf))

    // To the edge and beyond it: the view goes along, and the row with it.
    await page.mouse.move(at.x, at.y)
    const held = await rowAt(page, 506).getAttribute('data-id')
    await page.mouse.down()
    await page.mouse.move(at.x, 890, { steps: 4 })
    await expect
      .poll(() => page.locator('[data-scroller]').evaluate((view) => view.scrollTop), { timeout: 20_000 })
      .toBeGreaterThan(530 * 60)
    await page.mouse.move(at.x, 450, { steps: 3 })
    await page.mouse.up()
    const ids = async () => {
      const { body } = await scene.studio.api('GET', '/queue?limit=1000')
      return (body['jobs'] as JobRow[]).map(({ id }) => id)
    }
    await expect.poll(async () => (await ids()).indexOf(held ?? '')).toBeGreaterThan(525)
    await page.context().close()
  })
})

describe('several jobs chosen in the gallery', () => {
  it('are paused together and take their turn again together; what is not queued is left alone', async () => {
    const page = await scene.open()
    await page.keyboard.press('1')
    const card = (n: number) => page.getByRole('gridcell', { name: new RegExp(nameOf(n)) })
    await card(many - 1).waitFor()
    await card(many - 1).click({ modifiers: ['ControlOrMeta'] })
    await card(many - 3).click({ modifiers: ['ControlOrMeta'] })
    const bar = page.getByRole('toolbar', { name: 'What can be done' }).or(page.getByRole('toolbar').last())
    await bar.getByRole('button', { name: 'Pause', exact: true }).click()
    const waits = async (n: number) => {
      const { body } = await scene.studio.api('GET', `/jobs?q=${encodeURIComponent(nameOf(n))}`)
      return (body['jobs'] as JobRow[])[0]?.waiting
    }
    await expect
      .poll(() => Promise.all([many - 1, many - 2, many - 3].map(waits)))
      .toEqual(['paused', 'turn', 'paused'])
    expect(await bar.getByRole('button', { name: 'Pause', exact: true }).count()).toBe(0)
    await bar.getByRole('button', { name: 'Resume', exact: true }).click()
    await expect.poll(() => Promise.all([many - 1, many - 3].map(waits))).not.toContain('paused')
    await page.context().close()
  })
})
