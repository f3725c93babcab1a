import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { seriousFaults, startFrame, type Frame } from '../frame/kit'
import { composer } from './kit'
import { eventually } from '../../support/eventually'

let frame: Frame
let page: Page

/** Makes an animatic, lets the open page render it, and answers its id. */
async function make(prompt: string): Promise<string> {
  const { body } = await frame.studio.api('POST', '/jobs', {
    model: 'animatic',
    prompt,
    params: { duration: 2, resolution: '540p', seed: 7 },
  })
  const [job] = body['jobs'] as { id: string }[]
  const id = job?.id ?? ''
  await eventually(
    async () => expect((await frame.studio.api('GET', `/jobs/${id}`)).body['state']).toBe('completed'),
    { timeout: 60_000, interval: 200 },
  )
  return id
}

const inspector = () => page.getByRole('complementary')
const card = (prompt: string) => page.getByRole('gridcell', { name: prompt })
const time = () =>
  inspector()
    .locator('video')
    .evaluate((video: HTMLVideoElement) => video.currentTime)

beforeAll(async () => {
  frame = await startFrame()
  page = await frame.open()
  await make('A kite over the dunes')
  await card('A kite over the dunes').click()
  await inspector().locator('video').waitFor()
})
afterAll(() => frame.close())

describe('the player', () => {
  it('would step past a frame, or stand still on one', async () => {
    const player = inspector().getByRole('group', { name: 'Player' })
    await player.getByRole('button', { name: 'One frame on' }).click()
    await eventually(async () => expect(await time()).toBeCloseTo(1.5 / 24, 3))
    await page.keyboard.press('.')
    await eventually(async () => expect(await time()).toBeCloseTo(2.5 / 24, 3))
    await page.keyboard.press(',')
    await eventually(async () => expect(await time()).toBeCloseTo(1.5 / 24, 3))
  })

  it('would not play, or not stop, by the keys every editor knows', async () => {
    const paused = () =>
      inspector()
        .locator('video')
        .evaluate((video: HTMLVideoElement) => video.paused)
    await page.keyboard.press('k')
    await eventually(async () => expect(await paused()).toBe(false))
    await page.keyboard.press('k')
    await eventually(async () => expect(await paused()).toBe(true))
    await composer(page).prompt.click()
    await page.keyboard.type('k')
    expect(await paused()).toBe(true)
    await composer(page).prompt.fill('')
  })

  it('would forget the speed that was chosen', async () => {
    await inspector()
      .getByRole('button', { name: /^Speed/ })
      .click()
    await page.getByRole('menuitemcheckbox', { name: '0.5×' }).click()
    await page.keyboard.press('Escape')
    const rate = () =>
      inspector()
        .locator('video')
        .evaluate((video: HTMLVideoElement) => video.playbackRate)
    await eventually(async () => expect(await rate()).toBe(0.5))
  })
})

describe('a video', () => {
  it('could not be made again: its words, settings and seed go back into the composer', async () => {
    await card('A kite over the dunes').click()
    await composer(page).prompt.fill('Something else')
    await inspector().getByRole('button', { name: 'Reuse', exact: true }).click()
    await eventually(async () =>
      expect(await composer(page).prompt.inputValue()).toBe('A kite over the dunes'),
    )
    await composer(page).chip('Seed: 7').waitFor()
    await composer(page).chip('Duration: 2\u202fs').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await eventually(async () => expect(await composer(page).prompt.inputValue()).toBe('Something else'))
  })

  it('could not be gone on from: its last frame becomes the first of the next', async () => {
    await card('A kite over the dunes').click()
    await inspector().getByRole('button', { name: 'Continue', exact: true }).click()
    const slot = composer(page).chip(/^First frame: /)
    await slot.waitFor({ timeout: 30_000 })
    expect(await slot.count()).toBe(1)
  })

  it('dragged by its card would be taken for a file, or for nothing', async () => {
    const { body } = await frame.studio.api('GET', '/jobs')
    const [job] = body['jobs'] as { id: string }[]
    const dataTransfer = await page.evaluateHandle((id) => {
      const transfer = new DataTransfer()
      transfer.setData('application/x-dailies-job', id)
      return transfer
    }, job?.id ?? '')
    await page.dispatchEvent('body', 'dragover', { dataTransfer })
    await page.locator('[data-target="last"]').dispatchEvent('drop', { dataTransfer })
    const slot = composer(page).chip(/^Last frame: /)
    await slot.waitFor({ timeout: 30_000 })
    expect(await slot.count()).toBe(1)
  })

  it('would be told without its file, its checksum or what happened to it', async () => {
    await card('A kite over the dunes').click()
    const text = await inspector().innerText()
    expect(text).toMatch(/16:9 · 960\u202f×\u202f540 · 24/)
    expect(text).toMatch(/\d{4}-\d{2}\/.*kite/)
    expect(text).toContain('Completed')
    // Cards have a test of their own.
    const faults = await seriousFaults(page)
    expect(faults).toEqual([])
  })
})

describe('several', () => {
  it('would still show the one before', async () => {
    await make('A second take')
    await card('A kite over the dunes').click()
    await card('A second take').click({ modifiers: ['Control'] })
    await inspector().getByRole('heading', { name: '2 videos chosen' }).waitFor()
    expect(await inspector().locator('video').count()).toBe(0)
  })
})
