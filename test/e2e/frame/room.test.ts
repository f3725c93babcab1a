import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { startBooks, type Books } from '../usage/kit'

const wide = { width: 1440, height: 900 }
const narrow = { width: 960, height: 640 }

let books: Books
beforeAll(async () => {
  books = await startBooks([{ at: Date.now() - 60_000, state: 'failed', charged: 'no', cost: null }])
})
afterAll(() => books.close())

const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const remembered = async () => (await books.studio.api('GET', '/settings')).body['inspectorOpen']

it('would keep a third of a small window for an inspector with nothing in it', async () => {
  const page = await books.open({ viewport: wide })
  await inspector(page).waitFor()
  await page.setViewportSize(narrow)
  await inspector(page).waitFor({ state: 'detached' })
  expect(await remembered()).toBe(true)
  await page.setViewportSize(wide)
  await inspector(page).waitFor()
  // Whoever asks for it has it, also in a small window.
  await page.setViewportSize(narrow)
  await inspector(page).waitFor({ state: 'detached' })
  await page.keyboard.press('i')
  await inspector(page).waitFor()
  await page.context().close()
})

it('would take the inspector away while it shows something, or bring back what was put away', async () => {
  const page = await books.open({ viewport: wide })
  await page.getByRole('gridcell').first().click()
  await inspector(page).getByText('What happened').waitFor()
  await page.setViewportSize(narrow)
  await inspector(page).getByRole('region', { name: 'Details of the video' }).focus()
  await page.keyboard.press('i')
  await inspector(page).waitFor({ state: 'detached' })
  // The keyboard goes on in the page.
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  await page.setViewportSize(wide)
  await page.keyboard.press('2')
  await page.keyboard.press('1')
  expect(await inspector(page).count()).toBe(0)
  await page.keyboard.press('i')
  await inspector(page).waitFor()
  await page.context().close()
})
