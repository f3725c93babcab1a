import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assistant, startDesk, type Desk } from './kit'

/** What becomes elements, and runs, wherever words are taken for markup: HTML, a link, and Markdown. */
const markup =
  '<img src=x onerror=window.ran=1><script>window.ran=2</script> [a](javascript:window.ran=3) **b**'
const long = `${markup} ${'A fox crosses the snow. '.repeat(208)}`.slice(0, 4_990)

let desk: Desk
let page: Page
beforeAll(async () => {
  desk = await startDesk()
  page = await desk.open()
})
afterAll(() => desk.close())

/** What of the markup came to life: elements made of it, and code that ran. */
const alive = () =>
  page.evaluate(() => [
    ...[...document.querySelectorAll('img[src="x"], [onerror], a[href^="javascript"], strong')]
      // What was asked for is written bold too; only Markdown makes this one.
      .filter((made) => made.localName !== 'strong' || made.textContent === 'b')
      .map((made) => made.outerHTML),
    ...('ran' in window ? [`it ran: ${String(window.ran)}`] : []),
  ])
const wide = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter(
        (element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1,
      )
      .map((element) => element.outerHTML.slice(0, 90)),
  )

describe('what Claude answers', () => {
  it('would come to life while it streams, beside the prompt, or as the prompt', async () => {
    const { tab, action, line, panel, button, prompt } = assistant(page)
    await tab('Write').click()
    await action('Improve').click()
    await prompt.fill('A fox')
    await panel.getByText(/^At most \$/).waitFor()
    desk.aws.claude.script({ words: long.split(/(?<= )/) })
    await line.press('Enter')
    await panel.locator('ins').first().waitFor()
    await expect.poll(() => panel.textContent()).toContain('window.ran=2</script>')
    expect(await alive()).toEqual([])
    expect(await wide()).toEqual([])
    await button('Accept').click()
    await expect.poll(() => prompt.inputValue()).toBe(long.trim())
    expect(await alive()).toEqual([])
  })

  it('would come to life in a conversation that is kept, in its name or in its search', async () => {
    const { tab, action, line, panel, button } = assistant(page)
    await button('New conversation').click()
    await action('Talk').click()
    desk.aws.claude.script({ words: [markup] })
    await line.fill(`${markup} and more`)
    await line.press('Enter')
    await expect
      .poll(async () => (await panel.textContent())?.split('window.ran=3').length)
      .toBeGreaterThan(2)
    expect(await alive()).toEqual([])
    await tab('Conversations').click()
    await panel.getByText('onerror').first().waitFor()
    expect(await alive()).toEqual([])
    expect(await wide()).toEqual([])
  })
})
