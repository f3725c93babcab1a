import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composer } from '../composer/kit'
import { seriousFaults, startFrame, type Frame, type Look } from '../frame/kit'

let frame: Frame
beforeAll(async () => {
  frame = await startFrame()
})
afterAll(() => frame.close())

const panel = (page: Page) => page.getByRole('region', { name: 'Write with Claude' })

async function opened(look?: Look): Promise<Page> {
  const page = await frame.open(look)
  await composer(page).chip('Write with Claude').waitFor()
  await page.keyboard.press('Control+j')
  await panel(page).waitFor()
  return page
}

describe('the assistant without an account', () => {
  it('would not say what it is for, or shut somebody out', async () => {
    const page = await opened()
    await panel(page)
      .getByRole('heading', { name: 'Connect Claude, and it writes prompts with you' })
      .waitFor()
    await panel(page).getByText('Brief to shots').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await panel(page).getByRole('button', { name: 'Connect Claude' }).click()
    await page.locator('nav [aria-current=page]').getByText('Connections').waitFor()
    await page.context().close()
  })

  it('would lose the keyboard when it is opened and closed by keys', async () => {
    const page = await opened()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Connect Claude')
    await page.keyboard.press('Escape')
    await panel(page).waitFor({ state: 'detached' })
    await expect
      .poll(() => composer(page).prompt.evaluate((field) => field === document.activeElement))
      .toBe(true)
    await page.context().close()
  })

  it('would put a template over a prompt that cannot be had back, or take back what was typed since', async () => {
    const page = await opened({ theme: 'light', width: 960, height: 640 })
    const { prompt } = composer(page)
    await prompt.fill('my own words')
    await panel(page).getByRole('tab', { name: 'Check' }).click()
    await panel(page).getByText('Say how the camera sees it').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    const template = panel(page).getByRole('button', { name: 'A scene', exact: true })
    await template.click()
    await panel(page)
      .getByText(/is still to be filled in/)
      .waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => prompt.inputValue()).toBe('my own words')
    await template.click()
    await prompt.focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => prompt.inputValue()).toBe('my own words')
    await template.click()
    await prompt.fill('typed since')
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' })
    await page.keyboard.press('Control+z')
    expect(await prompt.inputValue()).not.toBe('my own words')
    await page.context().close()
  })
})
