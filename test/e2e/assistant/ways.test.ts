import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from '../frame/kit'
import { assistant, startDesk, type Desk } from './kit'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk({ connect: false })
})
afterAll(() => desk.close())

const rider = 'A lone rider crosses a salt flat'
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })

describe('the way to Claude', () => {
  it('would end before a filled form, an account that answers, or a model with its price', async () => {
    const page = await desk.open()
    await page.getByRole('button', { name: 'Connect Claude' }).click()
    await field(page, 'Access key ID').fill(desk.aws.credential.accessKeyId)
    await field(page, 'Secret access key').fill(desk.aws.credential.secretAccessKey)
    await page.getByText('More settings').click()
    await field(page, 'Bedrock endpoint').fill(desk.aws.urls.bedrock)
    await field(page, 'Bedrock control endpoint').fill(desk.aws.urls.bedrock)
    await field(page, 'STS endpoint').fill(desk.aws.urls.sts)
    await field(page, 'S3 endpoint').fill(desk.aws.urls.s3)
    await page.getByRole('switch', { name: 'S3 path style' }).click()
    await page.getByRole('button', { name: 'Save connection' }).click()
    await page
      .getByText(/^Nothing was saved/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Keep for this session only' }).click()
    const card = page.getByRole('article').filter({ hasText: 'Claude' })
    await card.getByRole('button', { name: 'Test connection' }).click()
    await card.getByText('Ready').waitFor()
    expect(desk.aws.claude.answered).toEqual([])
    await page.getByRole('navigation').getByRole('button', { name: 'Gallery' }).click()
    const { panel } = assistant(page)
    if (!(await panel.isVisible())) await page.keyboard.press('Control+j')
    await panel.getByRole('button', { name: /Claude Haiku 5\.5 · global.*\$0\.10 in/ }).waitFor()
    await page.context().close()
  })
})

describe('a question that Bedrock asks to wait with', () => {
  it('would wait without saying how long, or lose the words', async () => {
    const page = await desk.open()
    const { prompt, line, panel } = assistant(page)
    await prompt.fill(rider)
    desk.aws.faults.add('ConverseStream', { kind: 'throttle', retryAfter: 4 })
    desk.aws.claude.script({ words: ['Now it comes'] })
    await line.fill('calm')
    await line.press('Enter')
    const status = panel.getByRole('status').filter({ hasText: 'Bedrock asks to slow down; next try in' })
    const seconds = async () => Number(/(\d+) s$/.exec((await status.textContent()) ?? '')?.[1] ?? Number.NaN)
    const first = await seconds()
    expect(first).toBeLessThanOrEqual(4)
    await expect.poll(seconds, { interval: 100 }).toBeLessThan(first)
    await panel.getByText('Now it comes').waitFor()
    await panel.getByRole('button', { name: 'Details of this answer' }).click()
    expect(await panel.getByRole('term').allTextContents()).toContain('Tries')
    await page.context().close()
  })
})

describe('a style', () => {
  it('would not be made, told to Claude, renamed or deleted, or change one of ours', async () => {
    const page = await desk.open()
    const { prompt, line, panel, button, action } = assistant(page)
    await action('Talk').click()
    await prompt.fill(rider)
    await button('New style').click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Name', { exact: true }).fill('Noir')
    await form.getByLabel('What Claude is told').fill('Hard shadows only.')
    expect(await seriousFaults(page)).toEqual([])
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    await button('Look at or change the style Noir').click()
    await form.getByLabel('Name', { exact: true }).fill('Noir 1947')
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    const choice = panel.getByRole('combobox', { name: 'Style' })
    await expect.poll(() => choice.textContent()).toBe('Noir 1947')
    desk.aws.claude.script({ words: ['Dark'] })
    await line.fill('darker')
    await line.press('Enter')
    await panel.getByText('Dark', { exact: true }).waitFor()
    expect(desk.aws.claude.answered.at(-1)?.system).toContain('Hard shadows only.')

    await choice.click()
    await page.getByRole('option', { name: 'Cinematic' }).click()
    await button('Look at or change the style Cinematic').click()
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => choice.textContent()).toBe('My Cinematic')
    await button('Look at or change the style My Cinematic').click()
    await form.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => choice.textContent()).toBe('No style')
    await choice.click()
    await expect
      .poll(() => page.getByRole('option').allTextContents())
      .toEqual(['No style', 'Cinematic', 'Product', 'Anime', 'Noir 1947'])
    await page.context().close()
  })
})

describe('the choice of words', () => {
  it('would be offered to a model that refuses it, or not be sent to one that takes it', async () => {
    const page = await desk.open()
    const { prompt, line, panel, action } = assistant(page)
    await action('Talk').click()
    await prompt.fill(rider)
    const choice = panel.getByRole('combobox', { name: 'How freely words are chosen' })
    await panel.getByRole('button', { name: /Claude Haiku 5\.5/ }).click()
    expect(await choice.count()).toBe(0)
    await page.getByRole('radio', { name: /Claude Haiku 4\.5 · global/ }).click()
    await choice.click()
    await page.getByRole('option', { name: 'Temperature' }).click()
    const figure = panel.getByRole('textbox', { name: 'Temperature' })
    await figure.fill('7')
    await panel.getByText('Give the temperature or top P as a number from 0 to 1.').waitFor()
    await line.fill('calmer')
    expect(await panel.getByRole('button', { name: 'Send' }).isEnabled()).toBe(false)
    await figure.fill('0.2')
    desk.aws.claude.script({ words: ['Calm'] })
    await line.press('Enter')
    await panel.getByText('Calm', { exact: true }).waitFor()
    expect(desk.aws.claude.answered.at(-1)).toMatchObject({ temperature: 0.2 })
    await page.context().close()
  })
})

describe('what Claude cost', () => {
  it('would be missing in the chart, the table, the budget or the file, or have no name', async () => {
    await desk.studio.api('PATCH', '/settings', { budget: 1_000_000 })
    const page = await desk.open()
    const { prompt, line, panel, action, button } = assistant(page)
    await button('New conversation').click()
    await action('Talk').click()
    await prompt.fill(rider)
    const usage = { inputTokens: 10_000, outputTokens: 4000 }
    desk.aws.claude.script(
      { words: ['Priced'], usage },
      { words: ['Cut'], breaks: { after: 1, kind: 'cut' } },
    )
    await line.fill('one')
    await line.press('Enter')
    await panel.getByText('Priced', { exact: true }).waitFor()
    await line.fill('two')
    await line.press('Enter')
    await panel.getByText('The connection broke in the middle of the answer.').waitFor()
    await page.getByRole('navigation').getByRole('button', { name: 'Usage' }).click()
    const row = page.getByRole('row').filter({ hasText: 'Claude Haiku 4.5 · global' })
    // 10,000 tokens in at $1 and 4,000 out at $5 a million, beside what was asked before.
    await expect.poll(() => row.textContent()).toMatch(/\$0\.03.*\$0\.\d+ · 1 job/)
    const chart = page.getByRole('region', { name: 'By month' })
    await chart.getByRole('img', { name: /^Spent/ }).waitFor()
    expect(await chart.innerText()).toMatch(/Claude Haiku 4\.5 · global\s*\$0\.03/)
    const budgets = page.getByRole('list', { name: 'Budgets of this month' })
    expect(await budgets.innerText()).toMatch(/Monthly budget\s+\$0\.0[3-9]\d* of \$1\.00/)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export CSV' }).click()
    const file = await readFile(await (await download).path(), 'utf8')
    const lines = file.split('\r\n').filter((text) => text.includes('claude-haiku-4-5'))
    expect(lines.some((text) => text.includes('0.030000') || text.includes('0.03'))).toBe(true)
    await desk.studio.api('PATCH', '/settings', { budget: null })
    await page.context().close()
  })
})

describe('switched off in Settings', () => {
  it('would still be seen, be reached by its keys, or send something', async () => {
    const page = await desk.open()
    await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('switch', { name: 'Write with Claude' }).click()
    await page.getByRole('navigation').getByRole('button', { name: 'Gallery' }).click()
    await page.locator('[data-prompt] textarea').waitFor()
    const { panel } = assistant(page)
    expect(await panel.count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Write with Claude' }).count()).toBe(0)
    await page.keyboard.press('Control+j')
    expect(await panel.count()).toBe(0)
    const { body } = await desk.studio.api('GET', '/connections')
    const [{ id } = { id: '' }] = body['connections'] as { id: string }[]
    const before = desk.aws.requests().length
    const asked = await desk.studio.api('POST', '/assistant/ask', {
      connectionId: id,
      model: 'global.anthropic.claude-haiku-5-5',
      action: 'improve',
      prompt: rider,
    })
    expect(asked).toMatchObject({ status: 403, body: { message: 'The assistant is switched off.' } })
    expect(desk.aws.requests()).toHaveLength(before)
    await desk.studio.api('PATCH', '/settings', { assistant: true })
    // What stood open before stands there again.
    await panel.waitFor()
    await page.context().close()
  })
})
