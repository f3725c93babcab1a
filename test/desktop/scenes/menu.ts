import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import en from '../../../src/shared/messages/en.json' with { type: 'json' }
import type { Launch } from '../driver'
import type { Commands } from '../double/commands'
import { setStage } from './stage'

type Shown = ReturnType<Commands['menu']>

/** The paths of all items a person can click. */
function leaves(menu: Shown, path: string[] = []): string[][] {
  return menu
    .filter(({ type, visible }) => type !== 'separator' && visible)
    .flatMap((item) => {
      const here = [...path, item.label]
      return item.submenu.length > 0 ? leaves(item.submenu, here) : [here]
    })
}

const prompt = (page: Page) => page.getByRole('textbox', { name: 'Prompt', exact: true })
/** The view that the rail shows as open. */
const open = (page: Page, name: string) => page.locator('nav [aria-current=page]', { hasText: name })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

/** Every item of the menu does what it says; an item without a check here is a fault. */
export function menuScenes(launch: Launch): void {
  const stage = setStage(launch)
  const { menu: text } = en
  const { file, edit, view, window, help } = text

  const driver = () => stage.driver()
  const click = (...path: string[]) => driver().do('clickMenu', path)
  const opened = async () => (await driver().recorded()).opened.at(-1)
  const shown = async () => (await driver().do('windows'))[0]
  const typed = async (page: Page) => prompt(page).inputValue()
  const write = async (page: Page, words: string) => {
    await prompt(page).fill('')
    await prompt(page).pressSequentially(words)
  }

  /** What each item is clicked for; in the order in which it is done. */
  const checks: [path: [string, string], check: (page: Page) => Promise<void>][] = [
    [
      [view, text.queue],
      async (page) => {
        await click(view, text.queue)
        await open(page, 'Queue').waitFor()
      },
    ],
    [
      [view, text.connections],
      async (page) => {
        await click(view, text.connections)
        await open(page, 'Connections').waitFor()
      },
    ],
    [
      [view, text.usage],
      async (page) => {
        await click(view, text.usage)
        await open(page, 'Usage').waitFor()
      },
    ],
    [
      [help, text.keys],
      async (page) => {
        await click(help, text.keys)
        await page.getByRole('region', { name: 'Keyboard' }).getByText('Search the gallery').waitFor()
        await click(view, text.usage)
        await open(page, 'Usage').waitFor()
      },
    ],
    [
      [file, text.settings],
      async (page) => {
        await click(file, text.settings)
        await open(page, 'Settings').waitFor()
      },
    ],
    [
      [view, text.gallery],
      async (page) => {
        await click(view, text.gallery)
        await open(page, 'Gallery').waitFor()
      },
    ],
    [
      [view, text.palette],
      async (page) => {
        await click(view, text.palette)
        await page.getByRole('dialog').waitFor()
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      },
    ],
    [
      [edit, text.search],
      async (page) => {
        await click(edit, text.search)
        await expect.poll(() => focused(page)).toMatch(/^Search/)
      },
    ],
    [
      [file, text.newPrompt],
      async (page) => {
        await click(file, text.newPrompt)
        await expect.poll(() => focused(page)).toBe('Prompt')
      },
    ],
    [
      [edit, text.undo],
      async (page) => {
        await write(page, 'a red kite')
        await click(edit, text.undo)
        await expect.poll(() => typed(page)).not.toBe('a red kite')
      },
    ],
    [
      [edit, text.redo],
      async (page) => {
        await click(edit, text.redo)
        await expect.poll(() => typed(page)).toBe('a red kite')
      },
    ],
    [
      [edit, text.selectAll],
      async (page) => {
        await click(edit, text.selectAll)
        await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe('a red kite')
      },
    ],
    [
      [edit, text.copy],
      async (page) => {
        await click(edit, text.copy)
        await expect.poll(() => typed(page)).toBe('a red kite')
      },
    ],
    [
      [edit, text.cut],
      async (page) => {
        await click(edit, text.cut)
        await expect.poll(() => typed(page)).toBe('')
      },
    ],
    [
      [edit, text.paste],
      async (page) => {
        await click(edit, text.paste)
        await expect.poll(() => typed(page)).toBe('a red kite')
      },
    ],
    [
      [file, text.generate],
      async (page) => {
        await click(file, text.generate)
        await page.getByRole('gridcell', { name: /a red kite/ }).waitFor()
      },
    ],
    [
      [view, text.inspector],
      async (page) => {
        const inspector = page.getByRole('complementary', { name: 'Inspector' })
        const before = await inspector.isVisible()
        await click(view, text.inspector)
        await expect.poll(() => inspector.isVisible()).toBe(!before)
      },
    ],
    [
      [view, text.zoomIn],
      async () => {
        await click(view, text.zoomIn)
        await expect.poll(async () => (await shown())?.zoomLevel).toBe(0.5)
      },
    ],
    [
      [view, text.actualSize],
      async () => {
        await click(view, text.actualSize)
        await expect.poll(async () => (await shown())?.zoomLevel).toBe(0)
      },
    ],
    [
      [view, text.zoomOut],
      async () => {
        await click(view, text.zoomOut)
        await expect.poll(async () => (await shown())?.zoomLevel).toBe(-0.5)
        await click(view, text.actualSize)
      },
    ],
    [
      [view, text.fullScreen],
      async () => {
        await click(view, text.fullScreen)
        await expect.poll(async () => (await shown())?.fullScreen).toBe(true)
        await click(view, text.fullScreen)
        await expect.poll(async () => (await shown())?.fullScreen).toBe(false)
      },
    ],
    [
      [file, text.openLibrary],
      async () => {
        await click(file, text.openLibrary)
        await expect.poll(opened).toEqual({ how: 'path', what: stage.library() })
      },
    ],
    [
      [help, text.logs],
      async () => {
        await click(help, text.logs)
        await expect.poll(opened).toEqual({ how: 'path', what: join(stage.dataDir(), 'logs') })
      },
    ],
    [
      [help, text.about],
      async () => {
        const { aboutShown } = await driver().recorded()
        await click(help, text.about)
        await expect.poll(async () => (await driver().recorded()).aboutShown).toBe(aboutShown + 1)
      },
    ],
    [
      [window, text.minimize],
      async () => {
        await click(window, text.minimize)
        await expect.poll(async () => (await shown())?.minimized).toBe(true)
        await driver().startAgain()
        await expect.poll(async () => (await shown())?.minimized).toBe(false)
      },
    ],
  ]
  /** Items that end the program. */
  const ends: [string, string][] = [
    [file, text.close],
    [file, text.quit],
  ]
  const restarts: [string, string] = [help, text.safeMode]

  describe.skipIf(process.platform === 'darwin')('the application menu', () => {
    it('would have an item of which nobody knows what it does', async () => {
      const page = await driver().page()
      await page.locator('nav').waitFor()
      const all = leaves(await driver().do('menu')).map((path) => path.join(' > '))
      const known = [...checks.map(([path]) => path), ...ends, restarts].map((path) => path.join(' > '))
      expect(all.toSorted()).toEqual(known.toSorted())
    })

    it.each(checks.map(([path, check]) => [path.join(' > '), check] as const))(
      '%s would do nothing, or something else',
      async (_path, check) => {
        await check(await driver().page())
        expect(await driver().do('windows')).toHaveLength(1)
      },
    )

    it.each(ends)('%s > %s would leave the program running', async (...path) => {
      // What was generated may still be under way.
      await driver().do('answerDialog', { button: 0 })
      await click(...path).catch(() => undefined)
      expect(await driver().ended).toBe(0)
      await stage.restart()
      await (await driver().page()).locator('nav').waitFor()
    })

    it('restarting in safe mode would not start again', async () => {
      const [, { relaunches }] = await Promise.all([click(...restarts), driver().recorded()])
      expect(relaunches.at(-1)).toContain('--safe-mode')
      expect(await driver().ended).toBe(0)
    })
  })
}
