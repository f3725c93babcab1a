import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import type { Page } from 'playwright-core'
import { startFrame, type Frame } from '../frame/kit'
import { composer, drop, paste, pasteWords, picture } from './kit'
import { eventually } from '../../support/eventually'

let frame: Frame

beforeAll(async () => {
  frame = await startFrame()
})
afterAll(() => frame.close())

interface Listed {
  prompt: string
  firstInput: string | null
}

async function jobs(): Promise<Listed[]> {
  const { body } = await frame.studio.api('GET', '/jobs?limit=200')
  return body['jobs'] as Listed[]
}

/** The composer as at the first start, whatever the test before left in it. */
async function open(): Promise<Page> {
  const page = await frame.open()
  const { prompt, chip } = composer(page)
  await chip('Ratio: 16:9')
    .or(chip(/^Ratio/))
    .first()
    .waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('clear the composer')
  await page.getByRole('option', { name: /Clear the composer/ }).waitFor()
  await page.keyboard.press('Enter')
  await eventually(async () => expect(await prompt.inputValue()).toBe(''))
  return page
}

const enabled = (page: Page) =>
  eventually(async () => expect(await composer(page).generate.getAttribute('aria-disabled')).not.toBe('true'))

describe('the prompt', () => {
  it('would send while an input method is still composing', async () => {
    const page = await open()
    const before = (await jobs()).length
    await composer(page).prompt.fill('灯塔')
    await enabled(page)
    await composer(page).prompt.evaluate((field) => {
      const press = { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }
      field.dispatchEvent(new KeyboardEvent('keydown', { ...press, isComposing: true }))
    })
    // A press that is meant goes through, so that the one above was heard and let go.
    await composer(page).prompt.press('Control+Enter')
    await page.getByText('1 on its way').waitFor()
    expect((await jobs()).length).toBe(before + 1)
    await page.context().close()
  })

  it('of 100,000 characters would be cut or sent instead of refused with its count', async () => {
    const page = await open()
    await composer(page).prompt.fill('x'.repeat(100_000))
    await page.getByText('The prompt has 100,000 characters; the most is 20,000.').waitFor()
    expect((await composer(page).prompt.inputValue()).length).toBe(100_000)
    expect(await composer(page).generate.getAttribute('aria-disabled')).toBe('true')
    await page.context().close()
  })

  it('would lose what was typed to a walk through earlier prompts', async () => {
    const page = await open()
    const { prompt } = composer(page)
    await frame.studio.api('POST', '/jobs', {
      model: 'animatic',
      prompt: 'An earlier one',
      params: { duration: 2 },
    })
    await prompt.fill('Half a thought')
    await prompt.press('Home')
    await prompt.press('ArrowUp')
    await eventually(async () => expect(await prompt.inputValue()).toBe('An earlier one'))
    await prompt.press('ArrowDown')
    expect(await prompt.inputValue()).toBe('Half a thought')
    await prompt.press('Home')
    await prompt.press('ArrowUp')
    await eventually(async () => expect(await prompt.inputValue()).toBe('An earlier one'))
    await prompt.press('Escape')
    expect(await prompt.inputValue()).toBe('Half a thought')
    await page.context().close()
  })
})

describe('the draft', () => {
  it('would be gone after a restart: words, images and settings', async () => {
    const page = await open()
    await composer(page).prompt.fill('Kept over night')
    await composer(page)
      .chip(/^Ratio/)
      .click()
    await page.getByRole('radio', { name: '9:16' }).click()
    await drop(page, [await picture('kept.jpg', 600, 400, '#804020')], 'first')
    await composer(page).chip('First frame: kept.jpg').waitFor()
    await page.context().close()

    const again = await frame.open()
    await composer(again).chip('First frame: kept.jpg').waitFor()
    await composer(again).chip('Ratio: 9:16').waitFor()
    expect(await composer(again).prompt.inputValue()).toBe('Kept over night')
    await composer(again).chip('Ratio: 9:16').click()
    await again.getByRole('radio', { name: '16:9' }).click()
    await composer(again).chip('Ratio: 16:9').waitFor()
    await again.context().close()
  })
})

describe('words pasted outside of every field', () => {
  it('would be lost, or take the place of the prompt for good', async () => {
    const page = await open()
    await composer(page).prompt.fill('A lighthouse')
    await page.keyboard.press('Escape')
    await pasteWords(page, 'at dusk\n')
    await expect.poll(() => composer(page).prompt.inputValue()).toBe('A lighthouse at dusk')
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => composer(page).prompt.inputValue()).toBe('A lighthouse')
    await page.context().close()
  })

  it('would reach the prompt although a field or a dialog was meant', async () => {
    const page = await open()
    await composer(page).prompt.fill('A lighthouse')
    await page.getByPlaceholder('Search prompts').focus()
    await pasteWords(page, 'fox')
    await page.keyboard.press('Control+Shift+B')
    await page.getByRole('dialog').waitFor()
    await page.getByRole('dialog').focus()
    await pasteWords(page, 'fox')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await composer(page).prompt.inputValue()).toBe('A lighthouse')
    await page.context().close()
  })
})

describe('images', () => {
  it('dropped and pasted would end up in the wrong slot', async () => {
    const page = await open()
    await drop(page, [await picture('end.jpg', 640, 360, '#204080')], 'last')
    await composer(page).chip('Last frame: end.jpg').waitFor()
    await paste(page, [await picture('start.jpg', 640, 360, '#208040')])
    await page.getByRole('dialog').getByRole('button', { name: 'First frame' }).click()
    await composer(page).chip('First frame: start.jpg').waitFor()
    expect(await composer(page).chip('Last frame: end.jpg').count()).toBe(1)
    // An image alone is enough to ask for a video.
    await enabled(page)
    await page.context().close()
  })

  it('pasted while another view is shown would be lost, or end up in a role that nobody chose', async () => {
    const page = await open()
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^Settings/ })
      .click()
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await paste(page, [await picture('end.jpg', 640, 360, '#204080')])
    const asked = page.getByRole('dialog', { name: 'What is this image for?' })
    // The first place has the focus, so that Enter alone takes it.
    await expect
      .poll(() =>
        asked.getByRole('button', { name: 'First frame' }).evaluate((own) => own === document.activeElement),
      )
      .toBe(true)
    await page.keyboard.press('Escape')
    await asked.waitFor({ state: 'detached' })
    expect(
      await composer(page)
        .chip(/: end.jpg/)
        .count(),
    ).toBe(0)
    await paste(page, [await picture('end.jpg', 640, 360, '#204080')])
    await asked.getByRole('button', { name: 'Last frame' }).click()
    await composer(page).chip('Last frame: end.jpg').waitFor()
    await page.context().close()
  })

  it('changed on their way in would not say what was done to them', async () => {
    const page = await open()
    const upright = await picture('phone.jpg', 640, 360, '#804020')
    const bytes = await sharp(upright.bytes).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    await drop(page, [{ ...upright, bytes }], 'first')
    await page.getByRole('region', { name: 'Messages' }).getByText('phone.jpg was adjusted').waitFor()
    expect(await page.getByRole('region', { name: 'Messages' }).innerText()).toContain('Turned upright')
    await page.context().close()
  })

  it('that are none would be taken, or refused without saying which and why', async () => {
    const page = await open()
    await composer(page).prompt.fill('Still here')
    const text = { name: 'letter.jpg', type: 'image/jpeg', bytes: Buffer.from('Dear sir,') }
    await drop(page, [text], 'first')
    await page.getByRole('region', { name: 'Messages' }).getByText(/image/i).first().waitFor()
    expect(await composer(page).prompt.inputValue()).toBe('Still here')
    expect(
      await composer(page)
        .chip(/^First frame/)
        .count(),
    ).toBe(1)
    expect(await composer(page).chip('First frame: letter.jpg').count()).toBe(0)
    await page.context().close()
  })

  it('outside a limit would be sent as they are, or cropped without being seen', async () => {
    const page = await open()
    await drop(page, [await picture('strip.jpg', 3000, 200, '#404080')], 'first')
    const dialog = page.getByRole('dialog', { name: 'Crop the image' })
    await dialog.waitFor()
    await dialog.getByRole('button', { name: 'Crop', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await enabled(page)
    expect(await page.getByText(/too long or too narrow/).count()).toBe(0)
    await page.context().close()
  })

  it('dropped together would make one video, or more than were confirmed', async () => {
    const page = await open()
    const before = (await jobs()).length
    const files = await Promise.all(
      ['#aa0000', '#00aa00', '#0000aa'].map((colour, n) => picture(`${n}.jpg`, 320, 180, colour)),
    )
    await drop(page, files, 'each')
    const dialog = page.getByRole('dialog', { name: 'Batch' })
    await dialog.getByRole('button', { name: 'Generate 3 videos' }).click()
    await dialog.waitFor({ state: 'detached' })
    const made = (await jobs()).slice(0, 3)
    expect((await jobs()).length).toBe(before + 3)
    expect(new Set(made.map((job) => job.firstInput)).size).toBe(3)
    await page.context().close()
  })

  it('of another page, without a file, would make the page leave itself', async () => {
    const page = await open()
    const dataTransfer = await page.evaluateHandle(() => {
      const transfer = new DataTransfer()
      transfer.setData('text/uri-list', 'https://example.com/cat.jpg')
      return transfer
    })
    await page.dispatchEvent('body', 'dragover', { dataTransfer })
    await page.dispatchEvent('body', 'drop', { dataTransfer })
    await page.getByRole('region', { name: 'Messages' }).getByText('An address cannot be taken.').waitFor()
    expect(new URL(page.url()).origin).toBe(frame.studio.origin)
    await page.context().close()
  })
})

describe('settings of a model', () => {
  it('would not reach the request that the preview shows', async () => {
    const page = await open()
    await composer(page).prompt.fill('A kite')
    await composer(page).chip('More settings').click()
    await page.getByRole('switch', { name: 'Title' }).click()
    await page.getByRole('button', { name: 'Preview request' }).click()
    const shown = page.getByRole('dialog').getByRole('region', { name: 'Request' })
    await shown.waitFor()
    expect(await shown.textContent()).toContain('"title": false')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'The request as it would be sent' }).waitFor({ state: 'detached' })
    await page.context().close()
  })
})
