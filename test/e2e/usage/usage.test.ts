import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from '../frame/kit'
import { composer } from '../composer/kit'
import { startBooks, usd, type Books, type Past } from './kit'

const now = new Date()
const at = (monthsAgo: number, date = 1) =>
  new Date(now.getFullYear(), now.getMonth() - monthsAgo, date, 12).getTime()

const past: Past[] = [
  { at: at(0), prompt: '=HYPERLINK("http://example.com")' },
  { at: at(0), cost: usd(13.5), costKind: 'exact' },
  { at: at(0), state: 'needs_attention', charged: 'unknown' },
  { at: at(0), state: 'failed', charged: 'no' },
  { at: at(1), cost: usd(6.75), estimate: usd(6.75) },
  { at: at(14), cost: usd(3.75), estimate: usd(3.75) },
]

/** A line of text as a table row shows it. */
const rows = (page: Page) => page.getByRole('table').getByRole('row').allInnerTexts()

const toUsage = async (page: Page) => {
  await page.getByRole('navigation').getByRole('button', { name: 'Usage' }).click()
  await page.getByRole('table').waitFor()
}

describe('the usage page', () => {
  let books: Books
  beforeAll(async () => {
    books = await startBooks(past, { settings: { budget: 60_000_000 }, budget: usd(20) })
  })
  afterAll(() => books.close())

  it('says what was spent, what may have been charged, and how each budget stands', async () => {
    const page = await books.open()
    await toUsage(page)
    const figures = page.getByRole('region', {
      name: new Intl.DateTimeFormat('en-GB', { month: 'long' }).format(now),
    })
    await expect.poll(() => figures.innerText()).toMatch(/Spent\s+\$21\.00\s+\$7\.50 of it computed/)
    expect(await figures.innerText()).toMatch(/May have been charged\s+\$7\.50\s+1 job/)
    const budgets = page.getByRole('list', { name: 'Budgets of this month' })
    await expect
      .poll(() => budgets.innerText())
      .toMatch(/Monthly budget\s+\$28\.50 of \$60\.00\s+Within budget/)
    expect(await budgets.innerText()).toMatch(
      /Budget of Studio account\s+\$28\.50 of \$20\.00\s+Used up\s+\$8\.50 beyond it/,
    )
    expect(await seriousFaults(page)).toEqual([])
    await page.context().close()
  })

  it('shows the months asked for, and no sum of another', async () => {
    const page = await books.open()
    await toUsage(page)
    await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/\$27\.75/)
    await page.getByRole('radio', { name: 'All' }).click()
    await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/\$31\.50/)
    await page.getByRole('radio', { name: 'This month' }).click()
    await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/\$21\.00.*\$7\.50 · 1 job/s)
    await page.context().close()
  })

  it('sorts by a column, and says to those who do not see it by which', async () => {
    const page = await books.open()
    await toUsage(page)
    await page.getByRole('radio', { name: 'All' }).click()
    const spent = page.getByRole('columnheader', { name: 'Spent' })
    await spent.getByRole('button').click()
    await expect.poll(() => spent.getAttribute('aria-sort')).toBe('descending')
    await spent.getByRole('button').click()
    await expect.poll(() => spent.getAttribute('aria-sort')).toBe('ascending')
    await expect.poll(async () => (await rows(page))[1]).toMatch(/\$3\.75/)
    await page.context().close()
  })

  it('hands out a CSV file that no spreadsheet runs', async () => {
    const page = await books.open()
    await toUsage(page)
    await page.getByRole('radio', { name: 'This month' }).click()
    await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/\$21\.00/)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^dailies-usage-from-\d{4}-\d\d\.csv$/)
    const text = await readFile(await download.path(), 'utf8')
    expect(text.startsWith('\uFEFFdate,month,provider,')).toBe(true)
    expect(text.trimEnd().split('\r\n')).toHaveLength(5)
    expect(text).toContain(`"'=HYPERLINK(""http://example.com"")"`)
    await page.context().close()
  })

  it('leads from a line to its videos in the gallery', async () => {
    const page = await books.open()
    await toUsage(page)
    await page.getByRole('table').getByRole('button', { name: 'Luma Ray2' }).first().click()
    await page.getByRole('region', { name: 'Gallery' }).waitFor()
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(4)
    await page.context().close()
  })

  it('cuts nothing off in a small window, in either language', async () => {
    for (const locale of ['en-GB', 'zh-CN']) {
      const page = await books.open({ viewport: { width: 960, height: 640 }, locale, colorScheme: 'light' })
      await page.keyboard.press('4')
      await page.getByRole('table').waitFor()
      const beyond = await page.evaluate(() =>
        [...document.querySelectorAll('main *')]
          .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 2)
          .filter((part) => getComputedStyle(part).overflowX !== 'visible' && !part.matches('.sr-only'))
          .map((part) => part.outerHTML.slice(0, 120)),
      )
      expect(beyond).toEqual([])
      await page.context().close()
    }
  })
})

describe('many and large sums', () => {
  const models = ['luma-ray2', 'gen4_turbo', 'gen4.5', 'kling-v1', 'kling-v2-6', 'wan22']
  const large: Past[] = [
    ...models.flatMap((model) => [0, 1, 2, 3, 4].map((month) => ({ at: at(month), model }))),
    { at: at(0), cost: usd(123_456_789.01) },
    { at: at(1), cost: { micros: 120_000_000, currency: 'credits' } },
  ]
  let books: Books
  beforeAll(async () => {
    books = await startBooks(large)
  })
  afterAll(() => books.close())

  it('would be without names of their columns once the page is scrolled', async () => {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 960, height: 640 },
    ]) {
      const page = await books.open({ viewport })
      await toUsage(page)
      await page.getByRole('table').getByRole('row').nth(24).scrollIntoViewIfNeeded()
      const head = page.getByRole('columnheader', { name: 'Spent' })
      const top = () => head.evaluate((cell) => Math.round(cell.getBoundingClientRect().top))
      await expect.poll(top).toBe(0)
      // What scrolls under it is not seen through it.
      expect(await head.evaluate((cell) => getComputedStyle(cell).backgroundColor)).not.toMatch(/, 0\)/)
      await page.context().close()
    }
  })

  it('would lose the first digits of the axis', async () => {
    const page = await books.open({ viewport: { width: 960, height: 640 } })
    await toUsage(page)
    const chart = page.getByRole('img', { name: /Spent by month/ })
    const beyond = () =>
      chart.evaluate((own) =>
        [...own.querySelectorAll('text')]
          .filter((words) => words.getBoundingClientRect().left < own.getBoundingClientRect().left)
          .map((words) => words.textContent),
      )
    await chart.getByText(/^\$160M$/i).waitFor()
    expect(await beyond()).toEqual([])
    await page.getByRole('combobox', { name: 'Currency' }).click()
    await page.getByRole('option', { name: 'credits' }).click()
    await chart.getByText(/^120\scredits$/).waitFor()
    expect(await beyond()).toEqual([])
    await page.context().close()
  })
})

describe('sums that nobody knows', () => {
  it('would be shown as nothing, and a budget without a job as that of somebody else', async () => {
    const open: Past = { at: at(0), state: 'needs_attention', charged: 'unknown', estimate: null }
    const books = await startBooks([{ ...open, connectionId: null }], { budget: usd(20) })
    const page = await books.open()
    await toUsage(page)
    const figures = page.getByRole('region', {
      name: new Intl.DateTimeFormat('en-GB', { month: 'long' }).format(now),
    })
    await expect.poll(() => figures.innerText()).toMatch(/May have been charged\s+Not known\s+1 job/)
    await expect.poll(() => figures.innerText()).toMatch(/Budget of Studio account\s+\$0\.00 of \$20\.00/)
    await books.close()
  })
})

describe('an empty history', () => {
  it('shows one way on instead of empty sums', async () => {
    const books = await startBooks([])
    const page = await books.open()
    await page.keyboard.press('4')
    await page.getByRole('radio', { name: 'All' }).click()
    await page.getByRole('button', { name: 'Write a prompt' }).click()
    await page.getByRole('region', { name: 'Gallery' }).waitFor()
    expect(await page.getByRole('heading', { name: 'Usage' }).count()).toBe(0)
    await books.close()
  })
})

describe('money in the settings', () => {
  it('keeps an amount that can be read, and says beside the field what cannot', async () => {
    const books = await startBooks([])
    const page = await books.open()
    await page.keyboard.press('5')
    const amount = page.getByRole('textbox', { name: /Ask before spending more than/ })
    await amount.fill('1,000')
    await amount.blur()
    await page
      .getByRole('alert')
      .getByText(/An amount such as/)
      .waitFor()
    await amount.fill('12,50')
    await amount.press('Enter')
    const kept = async () => (await books.studio.api('GET', '/settings')).body
    await expect.poll(async () => (await kept())['confirmAbove']).toBe(12_500_000)
    await page.getByRole('switch', { name: 'Ask before spending' }).click()
    await expect.poll(async () => (await kept())['confirmAbove']).toBeNull()
    await page.getByRole('switch', { name: 'Have a monthly budget' }).click()
    await expect.poll(async () => (await kept())['budget']).toBe(50_000_000)
    await books.close()
  })
})

describe('the question before Generate', () => {
  const made = async (books: Books) =>
    ((await books.studio.api('GET', '/jobs')).body['jobs'] as unknown[]).length

  /** Chooses Luma Ray2 alone and writes a prompt. */
  async function write(page: Page) {
    await page.keyboard.press('1')
    await composer(page).chip('Add a model').click()
    const models = page.getByRole('dialog')
    await models.getByText('Luma Ray2').click()
    await models.getByText('Animatic', { exact: true }).first().click()
    await page.keyboard.press('Escape')
    await composer(page).prompt.fill('A lighthouse at dusk')
  }

  it('is asked above the amount; no leaves everything as it was, and yes makes the jobs', async () => {
    const books = await startBooks([], { settings: { confirmAbove: 1_000_000 } })
    const page = await books.open()
    await write(page)
    await expect.poll(() => composer(page).generate.getAttribute('aria-disabled')).toBe('false')
    await composer(page).prompt.press('Control+Enter')
    const dialog = page.getByRole('alertdialog')
    await dialog.getByText(/Spend about/).waitFor()
    const go = dialog.getByRole('button', { name: /^Generate for \$/ })
    await expect.poll(() => go.evaluate((button) => button === document.activeElement)).toBe(true)
    // What brought the question up, pressed once more or held down, does not answer it.
    await page.keyboard.press('Control+Enter')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await made(books)).toBe(0)
    expect(await composer(page).prompt.inputValue()).toBe('A lighthouse at dusk')
    await composer(page).generate.click()
    await go.waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => made(books)).toBe(1)
    await books.close()
  })

  it('begins with Cancel where a budget would be passed, and warns before', async () => {
    const books = await startBooks([{ at: at(0) }], { settings: { budget: 8_000_000, confirmAbove: null } })
    const page = await books.open()
    await write(page)
    await page.getByRole('region', { name: 'Composer' }).getByText('passes the budget').waitFor()
    await composer(page).generate.click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByText("Pass this month's budget?").waitFor()
    const stay = dialog.getByRole('button', { name: 'Cancel' })
    await expect.poll(() => stay.evaluate((button) => button === document.activeElement)).toBe(true)
    expect(await dialog.innerText()).toMatch(/\$0\.50 left of \$8\.00/)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    expect(await made(books)).toBe(1)
    await composer(page).generate.click()
    await dialog.getByRole('button', { name: /^Generate for/ }).click()
    await expect.poll(() => made(books)).toBe(2)
    await books.close()
  })

  it('is asked of each job that may have been paid for already, and never skipped by a retry of many', async () => {
    const ended = (
      date: number,
      charged: 'no' | 'unknown',
      state: 'failed' | 'cancelled' = 'failed',
    ): Past => ({
      at: at(0, 1) + date,
      state,
      charged,
      cost: null,
      prompt: `${state} ${charged}`,
    })
    const past = [ended(1, 'no'), ended(2, 'unknown'), ended(3, 'unknown', 'cancelled')]
    const books = await startBooks(past, { settings: { confirmAbove: null } })
    const page = await books.open()
    await page.getByRole('gridcell', { name: /failed no/ }).focus()
    await page.keyboard.press('Control+a')
    await page.getByRole('button', { name: 'Retry failed' }).first().click()
    await page.getByText('1 job may have been charged and is left for you to settle by itself').waitFor()
    await expect.poll(() => made(books)).toBe(4)

    await page.getByRole('gridcell', { name: /cancelled unknown/ }).click()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await inspector.getByText('It was sent before it was stopped.').waitFor()
    await inspector.getByRole('button', { name: 'Retry as a new paid job' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await made(books)).toBe(4)
    await inspector.getByRole('button', { name: 'Retry as a new paid job' }).click()
    await dialog.getByRole('button', { name: 'Retry as a new paid job' }).click()
    await expect.poll(() => made(books)).toBe(5)
    await books.close()
  })

  it('is asked once for a retry of several jobs that are cheap each', async () => {
    const failed: Past[] = [1, 2, 3].map((date) => ({
      at: at(0, 1) + date,
      state: 'failed',
      charged: 'no',
      cost: null,
    }))
    const books = await startBooks(failed, { settings: { confirmAbove: 12_000_000 } })
    const page = await books.open()
    await page.getByRole('gridcell').first().waitFor()
    await page.getByRole('gridcell').first().focus()
    await page.keyboard.press('Control+a')
    await page.getByRole('button', { name: 'Retry failed' }).first().click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: 'Retry for $22.50' }).click()
    await expect.poll(() => made(books)).toBe(6)
    await dialog.waitFor({ state: 'detached' })
    await books.close()
  })
})
