import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startKling, type KlingSimulator } from '../../simulators/kling'
import { launchChromium } from '../../support/chromium'
import { startStudio, type RunningStudio } from '../../support/studio'
import { composer, drop } from '../composer/kit'
import { seriousFaults } from '../frame/kit'

const frame = { width: 640, height: 400 }
let folder: string
let kling: KlingSimulator
let studio: RunningStudio
let browser: Browser
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  kling = await startKling({ jobMs: 300 })
  studio = await startStudio({ dataDir: join(folder, 'data'), library: join(folder, 'library') })
  await studio.api('POST', '/connections', {
    provider: 'kling',
    label: 'Kling',
    settings: { baseUrl: kling.url },
    secrets: { apiKey: kling.apiKey },
    keep: 'session',
  })
  browser = await launchChromium()
  const context = await browser.newContext({
    locale: 'en-GB',
    colorScheme: 'dark',
    viewport: { width: 1440, height: 900 },
  })
  page = await context.newPage()
  await page.goto(studio.address)
  await button('Add a model').click()
  await page.getByRole('checkbox', { name: /Kling 1\.0/ }).click()
  await page.getByRole('checkbox', { name: /Animatic/ }).click()
  await page.keyboard.press('Escape')
  await composer(page).prompt.fill('A boat under a low sun')
})
afterAll(async () => {
  await browser.close()
  await studio.stop()
  await kling.close()
  rmSync(folder, { recursive: true, force: true })
})

const button = (name: string | RegExp) => page.getByRole('button', { name })
const more = () => composer(page).chip(/^More/)
const brush = () => page.getByRole('group', { name: 'Motion brush' })
/** The way back that the toast with these words offers. */
const undo = (words: string) =>
  page
    .getByText(words)
    .locator('xpath=ancestor::*[.//button[normalize-space()="Undo"]][1]')
    .getByRole('button', { name: 'Undo' })
const camera = () => page.getByRole('combobox', { name: 'Camera control' })

/** A picture of the frame's size. */
async function photo(name: string, colour: string) {
  const bytes = await sharp({ create: { ...frame, channels: 3, background: colour } })
    .png()
    .toBuffer()
  return { name, type: 'image/png', bytes }
}

/** Draws with the pointer along points of the frame, from its upper left corner. */
async function stroke(...points: [number, number][]): Promise<void> {
  const box = await page.getByRole('application').boundingBox()
  if (!box) throw new Error('there is nothing to paint on')
  const at = ([x, y]: [number, number]) =>
    [box.x + (x / frame.width) * box.width, box.y + (y / frame.height) * box.height] as const
  const [first = [0, 0], ...others] = points
  await page.mouse.move(...at(first))
  await page.mouse.down()
  for (const point of others) await page.mouse.move(...at(point), { steps: 6 })
  await page.mouse.up()
}

/** Presses Generate and answers what the service was sent by it. */
async function generated(): Promise<Record<string, unknown>> {
  const before = kling.tasks().length
  await composer(page).generate.click()
  await expect.poll(() => kling.tasks().length, { timeout: 20_000 }).toBe(before + 1)
  return kling.tasks()[before]?.body ?? {}
}

/** The grey of a sent mask at a point of the frame. */
async function grey(mask: unknown, x: number, y: number): Promise<number | undefined> {
  const { data, info } = await sharp(Buffer.from(String(mask), 'base64'))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect({ width: info.width, height: info.height }).toEqual(frame)
  return data[y * info.width + x]
}

describe('the camera', () => {
  it('would be sent along two axes, or not as it was set', async () => {
    await more().click()
    await camera().click()
    await page.getByRole('option', { name: /One axis/ }).click()
    const pad = page.getByRole('slider', { name: 'Horizontal and vertical' })
    await pad.focus()
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('ArrowLeft')
    await page.getByRole('slider', { name: 'Zoom' }).focus()
    for (let count = 0; count < 4; count += 1) await page.keyboard.press('ArrowRight')
    await page.getByText('Horizontal is back at 0, since Zoom moves now.').waitFor()
    // The panel lies half over a chip, which is not to be hit meanwhile.
    const faults = (await seriousFaults(page)).filter((fault) => !fault.startsWith('target-size'))
    expect(faults).toEqual([])
    await page.keyboard.press('Escape')
    expect(await generated()).toMatchObject({
      model_name: 'kling-v1',
      mode: 'std',
      duration: '5',
      camera_control: { type: 'simple', config: { zoom: 4 } },
    })
  })

  it('would be taken together with a last frame or the motion brush without a word', async () => {
    expect(await button(/^Last frame/).isDisabled()).toBe(true)
    expect(await button(/^Last frame/).textContent()).toContain('Not together with Camera control')
    await more().click()
    await page.getByText('Not together with Camera control', { exact: true }).last().waitFor()
    expect(await button('Paint…').isDisabled()).toBe(true)
    await camera().click()
    await page.getByRole('option', { name: 'Left to Kling' }).click()
    await page.getByText('Needs a first frame.').waitFor()
    await page.keyboard.press('Escape')
    expect(await button(/^Last frame/).isDisabled()).toBe(false)
  })
})

describe('the motion brush', () => {
  it('would send other areas or paths than were painted', async () => {
    await drop(page, [await photo('boat.png', '#24566b')], 'first')
    await button('First frame: boat.png').waitFor()
    await more().click()
    await button('Paint…').click()
    await page.getByRole('application').waitFor()
    await page.getByText('Paint at least one area.').waitFor()
    await stroke([100, 300], [200, 300])
    await page.getByText('Area 1 has no path yet: draw one, or clear the area.').waitFor()
    expect(await button('Use').isDisabled()).toBe(true)
    await page.keyboard.press('p')
    await stroke([150, 300], [400, 300], [400, 100])
    // A second area that is taken back, and one that stays still.
    await page.keyboard.press('2')
    await page.keyboard.press('b')
    await stroke([500, 50], [550, 50])
    await page.getByText('Area 2 has no path yet: draw one, or clear the area.').waitFor()
    await page.keyboard.press('Control+z')
    await page.keyboard.press('0')
    await stroke([20, 380], [620, 380])
    expect(await seriousFaults(page)).toEqual([])
    await button('Use').click()
    await page.getByRole('application').waitFor({ state: 'detached' })

    const body = await generated()
    const [area, ...others] = body['dynamic_masks'] as {
      mask: string
      trajectories: { x: number; y: number }[]
    }[]
    expect(others).toEqual([])
    expect(await grey(area?.mask, 150, 300)).toBe(255)
    expect(await grey(area?.mask, 300, 300)).toBe(0)
    expect(await grey(area?.mask, 525, 50)).toBe(0)
    expect(await grey(body['static_mask'], 300, 380)).toBe(255)
    expect(await grey(body['static_mask'], 150, 300)).toBe(0)
    const points = area?.trajectories ?? []
    expect(points.length).toBeGreaterThanOrEqual(2)
    expect(points.length).toBeLessThanOrEqual(77)
    // From the lower left corner: the path begins at 100 and ends at 300 above it.
    expect(Math.abs((points[0]?.x ?? 0) - 150)).toBeLessThan(3)
    expect(Math.abs((points[0]?.y ?? 0) - 100)).toBeLessThan(3)
    expect(Math.abs((points.at(-1)?.x ?? 0) - 400)).toBeLessThan(3)
    expect(Math.abs((points.at(-1)?.y ?? 0) - 300)).toBeLessThan(3)
  })

  it('would be lost when its job is used again, or when it is opened again', async () => {
    await button('Remove first frame').click()
    await page.getByText('The motion brush was removed').waitFor()
    await page
      .getByRole('gridcell', { name: /A boat under/ })
      .first()
      .click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Reuse settings' }).click()
    await button('First frame: boat.png').waitFor()
    await more().click()
    await brush().getByText('1 area moves · one stays still').waitFor()
    await button('Change…').click()
    const areas = page.getByRole('radiogroup', { name: 'Areas' })
    await areas.getByText('moves').waitFor()
    await areas.getByText('painted').waitFor()
    await button('Use').click()
    await page.getByRole('application').waitFor({ state: 'detached' })
    const before = kling.tasks().at(-1)?.body
    const after = await generated()
    // What was not touched is sent as it was, to the byte.
    expect(after['dynamic_masks']).toEqual(before?.dynamic_masks)
    expect(after['static_mask']).toBe(before?.static_mask)
  })

  it('would stay on another frame than it was painted on', async () => {
    await drop(page, [await photo('other.png', '#553322')], 'first')
    await page.getByText('The motion brush was removed').waitFor()
    await more().click()
    await button('Paint…').waitFor()
    await page.keyboard.press('Escape')
    await undo('The motion brush was removed').click()
    await button('First frame: boat.png').waitFor()
    await more().click()
    await brush().getByText('1 area moves · one stays still').waitFor()
    expect(await button('Change…').isEnabled()).toBe(true)
  })
})

describe('the shots', () => {
  it('would be sent with other texts or lengths than were written', async () => {
    await page.keyboard.press('Escape')
    await button(/^Add a model|^Models?:/)
      .first()
      .click()
    const checked = page.getByRole('checkbox', { checked: true })
    await checked.first().waitFor()
    while ((await checked.count()) > 0) await checked.first().click()
    await page.getByRole('checkbox', { name: /^Kling 3\.0 (?!Turbo)/ }).click()
    await page.keyboard.press('Escape')
    await more().click()
    await page.getByRole('combobox', { name: 'Shots' }).click()
    await page.getByRole('option', { name: 'Shot by shot' }).click()
    const text = (place: number) => page.getByRole('textbox', { name: `What shot ${place} shows` })
    await text(1).fill('A hand on a door')
    await text(2).fill('The hall behind it')
    await button('Add a shot').click()
    await text(3).fill('Her face')
    await page.getByText('6 of 5 s').waitFor()
    await page.getByText('The shots are 6 s long together, the video 5 s').waitFor()
    await button('Divide evenly').click()
    await page.getByText('5 of 5 s').waitFor()
    // The panel lies half over a chip, which is not to be hit meanwhile.
    const faults = (await seriousFaults(page)).filter((fault) => !fault.startsWith('target-size'))
    expect(faults).toEqual([])
    await page.keyboard.press('Escape')
    expect(await generated()).toMatchObject({
      model_name: 'kling-v3',
      duration: '5',
      multi_shot: true,
      shot_type: 'customize',
      multi_prompt: [
        { index: 1, prompt: 'A hand on a door', duration: '2' },
        { index: 2, prompt: 'The hall behind it', duration: '2' },
        { index: 3, prompt: 'Her face', duration: '1' },
      ],
    })
  })
})
