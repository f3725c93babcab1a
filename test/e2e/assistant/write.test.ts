import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drop, picture } from '../composer/kit'
import { seriousFaults } from '../frame/kit'
import { assistant, startDesk, type Desk } from './kit'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk({ consent: false })
})
afterAll(() => desk.close())

const prompt = 'A lone rider crosses a salt flat'
const better = 'Wide shot. A lone rider slowly crosses a cracked salt flat'
/** Whether all of an element is seen in what it scrolls in. */
const isInSight = (element: Element) => {
  const around = element.closest('[data-scroller]')?.getBoundingClientRect()
  const own = element.getBoundingClientRect()
  return around !== undefined && own.top >= around.top && own.bottom <= around.bottom
}
const inWords = (text: string) => text.split(/(?<= )/)

/** A page whose prompt is written, at the writing side. */
async function opened(): Promise<Page> {
  const page = await desk.open()
  const { prompt: field, panel, tab, action } = assistant(page)
  await tab('Write').click()
  // What was chosen before is kept for the next page.
  await action('Improve').click()
  await field.fill(prompt)
  await panel.getByText(/^At most \$/).waitFor()
  return page
}

const fresh = async (page: Page) => {
  const begin = assistant(page).button('New conversation')
  if (await begin.isVisible()) await begin.click()
}

describe('writing with Claude', () => {
  it('would send something before it was shown word for word and agreed to', async () => {
    const page = await opened()
    const { line, panel, button } = assistant(page)
    await panel.getByText(/^At most \$/).waitFor()
    await line.fill('keep it calm')
    await line.press('Enter')
    await panel.getByText('What is sent, and where to').waitFor()
    await panel
      .getByText(/keep it calm/)
      .first()
      .waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await button('Not now').click()
    expect(desk.aws.claude.answered).toHaveLength(0)
    expect(await line.inputValue()).toBe('keep it calm')
    await line.press('Enter')
    desk.aws.claude.script({ words: inWords(better) })
    await button('Agree and send').click()
    await panel.locator('ins').first().waitFor()
    expect(desk.aws.claude.answered).toHaveLength(1)
    await page.context().close()
  })

  it('would hide what it changed, replace before it is told to, or not give the old prompt back', async () => {
    const page = await opened()
    const { line, panel, button, prompt: field } = assistant(page)
    await fresh(page)
    desk.aws.claude.script({ words: inWords(better) })
    await line.press('Enter')
    await panel.locator('ins').first().waitFor()
    expect((await panel.locator('ins').allTextContents()).join('|')).toMatch(/Wide shot.*slowly.*cracked/)
    expect(await field.inputValue()).toBe(prompt)
    expect(await seriousFaults(page)).toEqual([])
    await button('Edit').click()
    const editing = panel.getByRole('textbox', { name: 'The prompt before it is accepted' })
    await editing.fill(`${better}, dusk`)
    await button('Accept').click()
    await expect.poll(() => field.inputValue()).toBe(`${better}, dusk`)
    await field.focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => field.inputValue()).toBe(prompt)
    await button('Details of this answer').click()
    await panel.getByText('end_turn').waitFor()
    await page.context().close()
  })

  it.each([
    ['Expand into a shot', /Turn the rough line into the prompt of one complete shot/],
    ['Shorten', /Shorten the prompt to about half/],
    ['Translate', /Translate the prompt faithfully/],
    ['Fit to a model', /Fit the prompt to the model named above/],
    ['Critique', /Judge the prompt as somebody who knows/],
  ])('would ask for another thing than “%s”, or not show what that changes', async (name, task) => {
    const page = await opened()
    const { line, panel, button, action, prompt: field } = assistant(page)
    await fresh(page)
    await action(name).click()
    await panel.getByText(/^At most \$/).waitFor()
    const talk = name === 'Critique'
    desk.aws.claude.script({
      words: inWords(talk ? `1. No camera is named.\n\n\`\`\`prompt\n${better}\n\`\`\`` : better),
    })
    await line.press('Enter')
    await panel.locator('ins').first().waitFor()
    expect((await panel.locator('ins').allTextContents()).join('|')).toMatch(/Wide shot.*slowly.*cracked/)
    expect(await panel.getByText('No camera is named.').count()).toBe(talk ? 1 : 0)
    expect(JSON.stringify(desk.aws.claude.answered.at(-1))).toMatch(task)
    expect(await field.inputValue()).toBe(prompt)
    await button('Accept').click()
    await expect.poll(() => field.inputValue()).toBe(better)
    await field.focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => field.inputValue()).toBe(prompt)
    await page.context().close()
  })

  it('would look at another image than the first frame, or put what was refused into the composer', async () => {
    const page = await opened()
    const { line, panel, button, action, prompt: field } = assistant(page)
    await fresh(page)
    await drop(page, [await picture('sea.jpg', 600, 400, '#345678')], 'first')
    await action('Describe the first frame').click()
    await panel.getByText(/^At most \$/).waitFor()
    desk.aws.claude.script({ words: ['The sea begins to move'] })
    await line.press('Enter')
    await button('Refuse').waitFor()
    const [turn] = desk.aws.claude.answered.at(-1)?.messages ?? []
    expect(turn?.content[0]).toMatchObject({ image: { format: 'jpeg' } })
    await button('Refuse').click()
    await panel.getByText('Refused.').waitFor()
    expect(await field.inputValue()).toBe(prompt)
    await page.getByRole('button', { name: /^Remove.*first frame/i }).click()
    await page.context().close()
  })

  it('would leave a second window with what a conversation was before', async () => {
    const page = await opened()
    const here = assistant(page)
    await fresh(page)
    await here.action('Talk').click()
    desk.aws.claude.script({ words: ['First words'] }, { words: ['Second words'] })
    await here.line.fill('one')
    await here.line.press('Enter')
    await here.panel.getByText('First words').waitFor()
    const second = await desk.open()
    const there = assistant(second)
    await there.tab('Conversations').click()
    await there.panel.getByRole('listitem').first().getByRole('button').first().click()
    await there.panel.getByText('First words').waitFor()
    await here.line.fill('two')
    await here.line.press('Enter')
    await there.panel.getByText('Second words').waitFor()
    await there.tab('Conversations').click()
    const first = there.panel.getByRole('listitem').first()
    await expect.poll(() => first.textContent()).toMatch(/^one.*2 answers/)
    await second.context().close()
    await page.context().close()
  })

  it('would lose what came when it is stopped by Escape, and not go on from there', async () => {
    const page = await opened()
    const { line, panel, button } = assistant(page)
    await fresh(page)
    desk.aws.claude.script({ words: inWords(better), breaks: { after: 5, kind: 'silence' } })
    await line.press('Enter')
    await panel.getByText(/A lone rider/).waitFor()
    await line.press('Escape')
    await panel.getByText('Stopped. What came is kept.').waitFor()
    desk.aws.claude.script({ words: [' over the salt'] })
    await button('Go on').click()
    await panel.getByText('over the salt').waitFor()
    // One answer, not two.
    expect(await panel.getByRole('listitem', { name: 'Improve, with its answer' }).count()).toBe(1)
    await page.context().close()
  })

  it('would lose what came when the stream breaks, or what was typed when nothing comes', async () => {
    const page = await opened()
    const { line, panel } = assistant(page)
    await fresh(page)
    desk.aws.claude.script({ words: inWords(better), breaks: { after: 4, kind: 'cut' } })
    await line.press('Enter')
    await panel.getByText('The connection broke in the middle of the answer.').waitFor()
    const denied = { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'No.' } as const
    desk.aws.faults.add('ConverseStream', denied)
    await line.fill('more rain')
    await line.press('Enter')
    await panel.getByText(/does not let this connection use/).waitFor()
    await expect.poll(() => line.inputValue()).toBe('more rain')
    await page.reload()
    await page.locator('[data-prompt] textarea').waitFor()
    await page.keyboard.press('Control+j')
    await expect.poll(() => assistant(page).line.inputValue()).toBe('more rain')
    await page.context().close()
  })

  it('would spend more than the ceiling without a yes to the figure', async () => {
    const page = await opened()
    const { line, panel, button } = assistant(page)
    await fresh(page)
    await desk.studio.api('PATCH', '/settings', { assistantCeiling: 10 })
    await line.fill('brighter')
    await panel.getByText(/above your limit of \$0.00001|above your limit of/).waitFor()
    const before = desk.aws.claude.answered.length
    await line.press('Enter')
    expect(desk.aws.claude.answered).toHaveLength(before)
    desk.aws.claude.script({ words: inWords(better) })
    await button('Send anyway').click()
    await panel.locator('ins').first().waitFor()
    await desk.studio.api('PATCH', '/settings', { assistantCeiling: 50_000 })
    await page.context().close()
  })

  it('would make other prompts of its variations than are seen', async () => {
    const page = await opened()
    const { panel, line, action, button } = assistant(page)
    await fresh(page)
    desk.aws.claude.script({ words: ['Noon, harsh light', '\n---\n', 'Fog, soft light'] })
    await action('Variations').click()
    await line.press('Enter')
    await button('Make a batch of these 2').click()
    const batch = page.getByRole('dialog', { name: 'Batch' })
    expect(await batch.getByRole('textbox', { name: 'Prompts' }).inputValue()).toBe(
      'Noon, harsh light\nFog, soft light',
    )
    await page.keyboard.press('Escape')
    await batch.waitFor({ state: 'detached' })
    await page.setViewportSize({ width: 960, height: 640 })
    desk.aws.claude.script({ words: ['Rain', '\n---\n', 'Snow'] })
    await line.press('Enter')
    const lastButton = button('Make a batch of these 2').last()
    await panel.getByText('Snow').waitFor()
    // What has just come is not to be looked for.
    await expect.poll(() => lastButton.evaluate(isInSight)).toBe(true)
    await lastButton.click()
    const question = page.getByRole('alertdialog', { name: 'A batch that was not sent stands there' })
    await question.getByText('Prompts in it: 2.').waitFor()
    await question.getByRole('button', { name: 'Open the batch' }).click()
    expect(await batch.getByRole('textbox', { name: 'Prompts' }).inputValue()).toBe(
      'Noon, harsh light\nFog, soft light\nRain\nSnow',
    )
    await page.context().close()
  })

  it('would not find a conversation again, or keep one that was deleted', async () => {
    const page = await opened()
    const { panel, tab, button } = assistant(page)
    await tab('Conversations').click()
    await panel.getByRole('searchbox', { name: 'Search conversations' }).fill('harsh')
    await expect.poll(() => panel.getByRole('listitem').count()).toBe(1)
    expect(await seriousFaults(page)).toEqual([])
    const download = page.waitForEvent('download')
    await button(/^Export as Markdown/).click()
    expect((await download).suggestedFilename()).toMatch(/\.md$/)
    await button(/^Delete/).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await panel.getByText('No conversation has these words.').waitFor()
    await page.context().close()
  })
})
