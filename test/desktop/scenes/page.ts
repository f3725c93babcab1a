import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { contract } from '../../../src/shared/contract'
import type { Launch } from '../driver'
import { borrowPort, type Client } from './portClient'
import { setStage } from './stage'

/** Every procedure of the contract, by its path. */
function procedures(router: object, path: string[] = []): string[][] {
  return Object.entries(router).flatMap(([name, of]: [string, object]) =>
    '~orpc' in of ? [[...path, name]] : procedures(of, [...path, name]),
  )
}

type Call = (input?: unknown) => Promise<unknown>

/** What became of a call: an answer, a stream that could be ended, or the code of a refusal. */
async function outcome(client: Client, path: string[]): Promise<string> {
  const call = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], client) as Call
  try {
    const answer = await call({})
    if (typeof answer !== 'object' || answer === null || !(Symbol.asyncIterator in answer)) return 'answered'
    await (answer as AsyncGenerator).return(undefined)
    return 'answered'
  } catch (error) {
    if (!(error instanceof ORPCError) || !error.defined) return `broke: ${String(error)}`
    return `refused: ${error.code}`
  }
}

/** The page and what it is given: its scheme, its port, files in and out. */
export function pageScenes(launch: Launch): void {
  const stage = setStage(launch)

  describe('the page of the desktop program', () => {
    it('would not be there after the program has started', async () => {
      const page = await stage.driver().page()
      await page.locator('nav').waitFor()
      expect(await page.title()).toBe('Dailies')
      expect(await page.evaluate(() => [isSecureContext, Object.keys(window.dailies ?? {})])).toEqual([
        true,
        ['pathForFile'],
      ])
      const [shown] = await stage.driver().do('windows')
      expect(shown).toMatchObject({ url: 'dailies://studio/', visible: true, crashed: false })
    })

    it('would be served without its policy', async () => {
      const page = await stage.driver().page()
      const policy = await page.evaluate(async () =>
        (await fetch('./', { cache: 'no-store' })).headers.get('content-security-policy'),
      )
      expect(policy).toContain("default-src 'self'")
    })

    it('would lose a file’s place on the disk when it is dropped', async () => {
      const page = await stage.driver().page()
      const path = join(stage.dataDir(), '..', 'dropped 猫.png')
      const picture = { width: 640, height: 360, channels: 3 as const, background: '#336699' }
      writeFileSync(path, await sharp({ create: picture }).png().toBuffer())
      await page.evaluate(() => {
        window.addEventListener(
          'drop',
          (event) => {
            const [file] = event.dataTransfer?.files ?? []
            document.documentElement.dataset['dropped'] = file ? window.dailies?.pathForFile(file) : 'no file'
          },
          { capture: true, once: true },
        )
      })
      const cdp = await page.context().newCDPSession(page)
      const data = { items: [], files: [path], dragOperationsMask: 1 }
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        await cdp.send('Input.dispatchDragEvent', { type, x: 700, y: 300, data })
      }
      await cdp.detach()
      await page.waitForFunction(() => document.documentElement.dataset['dropped'] !== undefined)
      expect(await page.locator('html').getAttribute('data-dropped')).toBe(path)
      const made = await page.evaluate(() => window.dailies?.pathForFile(new File(['x'], 'made.png')))
      expect(made).toBe('')
    })

    it('would drag another file out than the video’s own', async () => {
      const driver = stage.driver()
      const page = await driver.page()
      const { client, back } = await borrowPort(page)
      const params = { duration: 2, resolution: '540p', ratio: '1:1', seed: 1 }
      await client.jobs.create({ model: 'animatic', prompt: 'A kite over the dunes', params })
      await back()
      const videos = () =>
        existsSync(stage.library())
          ? readdirSync(stage.library(), { recursive: true, encoding: 'utf8' }).filter((name) =>
              name.endsWith('.mp4'),
            )
          : []
      await expect.poll(videos, { timeout: 40_000 }).toHaveLength(1)
      const card = page.getByRole('gridcell', { name: /A kite over the dunes/ })
      await card.locator('img').first().waitFor()
      await card.hover()
      await page.mouse.down()
      await page.mouse.move(10, 10, { steps: 5 })
      await expect.poll(async () => (await driver.recorded()).drags.length).toBeGreaterThan(0)
      await page.mouse.up()
      const [drag] = (await driver.recorded()).drags
      expect(drag?.files).toEqual([join(stage.library(), videos()[0] ?? '')])
      expect(drag?.icon.empty).toBe(false)
    })

    it('would leave a procedure of the contract without an answer', async () => {
      const { client, back } = await borrowPort(await stage.driver().page())
      const all = procedures(contract)
      const outcomes = await Promise.all(
        all.map(async (path) => [path.join('.'), await outcome(client, path)] as const),
      )
      expect(all.length).toBeGreaterThan(60)
      expect(outcomes.filter(([, became]) => became.startsWith('broke'))).toEqual([])
      expect(outcomes.filter(([, became]) => became === 'refused: internal')).toEqual([])
      expect(outcomes.filter(([, became]) => became === 'answered').length).toBeGreaterThan(10)
      await back()
    })
  })
}
