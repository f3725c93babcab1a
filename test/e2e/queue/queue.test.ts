import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from '../frame/kit'
import { startQueue, type QueueScene } from './kit'

let scene: QueueScene
beforeAll(async () => {
  scene = await startQueue()
})
afterAll(() => scene?.close())

const handle = (page: Page, prompt: string) => page.getByRole('button', { name: `Move: ${prompt}` })
const rows = (page: Page) => page.getByRole('list', { name: 'Waiting' }).getByRole('listitem')

const letters = (texts: string[]) => texts.map((text) => text.trim()[0]).join('')

/** The queue by the first letters of its prompts; both orders where page and studio do not agree. */
async function order(page: Page): Promise<string> {
  const shown = letters(await rows(page).allTextContents())
  const kept = letters(await scene.order())
  return shown === kept ? kept : `${shown}, but ${kept} in the studio`
}

describe('the queue', () => {
  it('is put in another order by keyboard, keeps the keyboard on the job, and says where it is', async () => {
    await scene.make(['a boat', 'b fox', 'c tram', 'd tower'])
    const page = await scene.open()
    await expect.poll(() => order(page)).toBe('abcd')
    await handle(page, 'c tram').focus()
    await page.keyboard.press('ArrowUp')
    await page.getByText('Now 2 of 4').waitFor()
    await expect.poll(() => order(page)).toBe('acbd')
    await page.keyboard.press('Home')
    await expect.poll(() => order(page)).toBe('cabd')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => order(page)).toBe('abcd')
    await page.keyboard.press('End')
    await expect.poll(() => order(page)).toBe('abdc')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(
      /^Move: c tram/,
    )
    await page.context().close()
  })

  it('is put in another order by mouse, not by a click or by a drag that Escape ends', async () => {
    const page = await scene.open()
    const drag = async (prompt: string, rowsDown: number) => {
      const from = await handle(page, prompt).boundingBox()
      if (!from) throw new Error(`no handle of ${prompt}`)
      const height = (await rows(page).first().boundingBox())?.height ?? 0
      const at = { x: from.x + from.width / 2, y: from.y + from.height / 2 }
      await page.mouse.move(at.x, at.y)
      await page.mouse.down()
      await page.mouse.move(at.x, at.y + height * rowsDown, { steps: 8 })
    }
    await expect.poll(() => order(page)).toBe('abdc')
    await drag('c tram', -3)
    await page.mouse.up()
    await expect.poll(() => order(page)).toBe('cabd')
    await drag('a boat', 2.3)
    await page.mouse.up()
    await expect.poll(() => order(page)).toBe('cbda')
    await drag('d tower', -2.3)
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await handle(page, 'b fox').click()
    await expect.poll(() => order(page)).toBe('cbda')
    await page.context().close()
  })

  it('moves, pauses and resumes a job from its row', async () => {
    const page = await scene.open()
    await page.getByRole('button', { name: 'More: a boat' }).click()
    await page.getByRole('menuitem', { name: 'Move to the top' }).click()
    await expect.poll(() => order(page)).toBe('acbd')
    await page.getByRole('button', { name: 'Pause: a boat' }).click()
    await rows(page).filter({ hasText: 'a boat' }).getByText('Paused').waitFor()
    // The next in line is the first that is not paused.
    await rows(page).filter({ hasText: 'c tram' }).getByText('Next in line').waitFor()
    await page.getByRole('button', { name: 'Resume: a boat' }).click()
    await rows(page).filter({ hasText: 'a boat' }).getByText('Next in line').waitFor()
    await page.context().close()
  })

  it('cancels one and all, and takes both back', async () => {
    const page = await scene.open()
    await page.getByRole('button', { name: 'Cancel: c tram' }).click()
    await expect.poll(() => order(page)).toBe('abd')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => order(page)).toBe('acbd')
    await page.getByRole('button', { name: 'More for the queue' }).click()
    await page.getByRole('menuitem', { name: 'Cancel what waits' }).click()
    await page.getByText('4 jobs cancelled').waitFor()
    expect(await scene.order()).toEqual([])
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect.poll(() => order(page)).toBe('acbd')
    await page.context().close()
  })

  it('says that it is paused, in the rail too, and shuts nobody out', async () => {
    const page = await scene.open({ colorScheme: 'light', viewport: { width: 960, height: 640 } })
    await page.getByText('The queue is paused.').waitFor()
    await page.getByRole('navigation').getByRole('button', { name: 'Paused' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.context().close()
  })

  it('goes on in its order, and pauses again before the next', async () => {
    const page = await scene.open()
    await page.getByRole('button', { name: 'Resume the queue' }).click()
    await page.getByRole('list', { name: 'Being made' }).getByText('a boat').waitFor()
    await page.getByRole('button', { name: 'Pause the queue' }).click()
    await page.getByText('The queue is paused.').waitFor()
    // What was sent is made to its end; the next stays where it is.
    const done = page
      .getByRole('list', { name: 'Finished today' })
      .getByRole('listitem')
      .filter({ hasText: 'a boat' })
    await done.getByText('Done').waitFor({ timeout: 60_000 })
    await expect.poll(() => order(page)).toBe('cbd')
    await page.keyboard.press('Control+K')
    await page.keyboard.type('Resume the queue')
    await page.getByRole('option', { name: 'Resume the queue' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('list', { name: 'Being made' }).getByText('c tram').waitFor()
    await page.context().close()
  }, 120_000)
})
