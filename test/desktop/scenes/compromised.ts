import { symlinkSync, writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { furnish, secretMark } from '../../fuzz/house'
import { allProcedures } from '../../fuzz/procedures'
import type { Double } from '../double'
import type { Launch } from '../driver'
import { powers, reachOut, readAround } from './attempts'
import { tryPeers } from './peers'
import { borrowPort } from './portClient'
import { holdsSecret, listenAbroad, redirect } from './redirected'
import { reachSilently } from './silent'
import { setStage } from './stage'
import { setTrap, type Trap } from './trap'
import { withoutPolicy } from './withoutPolicy'

/** Something outside the library that nobody may read. */
const outside = 'what lies outside the library'

/** The page has been taken over: it has the port, the dropped file's path, and any code it likes. */
export function compromisedScenes(launch: Launch): void {
  const stage = setStage(launch)
  let trap: Trap
  beforeAll(async () => {
    trap = await setTrap()
  })
  afterAll(() => trap.close())

  describe('a page that was taken over', () => {
    it('would not need to be: its own views keep the policy they are served with', async () => {
      const page = await stage.driver().page()
      await page.addInitScript(() => {
        const broken: string[] = []
        Object.assign(window, { broken })
        document.addEventListener('securitypolicyviolation', (event) => {
          broken.push(
            `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
          )
        })
      })
      await page.reload()
      const rail = page.locator('nav')
      await rail.waitFor()
      for (const name of ['Queue', 'Connections', 'Usage', 'Settings', 'Gallery']) {
        await rail.getByText(name, { exact: true }).click()
        await page.locator('nav [aria-current=page]', { hasText: name }).waitFor()
      }
      await page.keyboard.press('Control+K')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      expect(await page.evaluate(() => (window as unknown as { broken: string[] }).broken)).toEqual([])
    })

    it('has no power but the port and the path of a dropped file', async () => {
      const page = await stage.driver().page()
      expect(await page.evaluate(powers)).toEqual(['pathForFile'])
      expect(await page.evaluate(() => window.dailies?.pathForFile(new File(['x'], '/etc/passwd')))).toBe('')
    })

    it('gets no secret from any procedure', async () => {
      const { client, back } = await borrowPort(await stage.driver().page())
      await furnish(client, stage.library())
      const { connections } = await client.connections.list()
      expect(connections.length).toBeGreaterThan(5)
      const answers: unknown[] = [connections]
      const procedures = allProcedures().filter(({ name }) => name !== 'studio.restart')
      for (const { path } of procedures) answers.push(await answerOf(client, path, {}))
      const ofAccounts = procedures.filter(
        ({ name, path: [part = ''] }) =>
          ['connections', 'assistant'].includes(part) && name !== 'connections.remove',
      )
      for (const { id, provider, settings } of connections) {
        const inputs = [{ id }, { connectionId: id }, { provider, settings }, { id, provider, settings }]
        const calls = ofAccounts.flatMap(({ path }) => inputs.map((input) => answerOf(client, path, input)))
        answers.push(await Promise.all(calls))
      }
      expect(JSON.stringify(answers)).not.toContain(secretMark)
      expect(JSON.stringify(answers)).not.toContain('0'.repeat(64))
      await back()
    })

    it('sends no kept secret to an address of its own, however it points an account there', async () => {
      const { client, back } = await borrowPort(await stage.driver().page())
      const foreign = await listenAbroad()
      const { connections } = await client.connections.list()
      const taken: string[] = []
      for (const connection of connections) taken.push(...(await redirect(client, connection, foreign.url)))
      expect(taken).toEqual([])
      // It does hear what was typed for it: by every account that calls anybody.
      expect(foreign.heard.length).toBeGreaterThan(connections.length)
      expect(foreign.heard.filter(holdsSecret)).toEqual([])
      await back()
      await foreign.close()
    })

    it('reads nothing outside the library and the page’s own files', async () => {
      const page = await stage.driver().page()
      const folder = join(stage.dataDir(), '..')
      const secret = join(folder, 'outside.mp4')
      writeFileSync(secret, outside)
      const month = join(stage.library(), '2026-10')
      mkdirSync(month, { recursive: true })
      symlinkSync(secret, join(month, 'link.mp4'))
      const { client, back } = await borrowPort(page)
      const before = await client.jobs.list({})
      const [job] = before.jobs.filter(({ video }) => video !== null)
      for (const path of [
        secret,
        '/etc/passwd',
        `${stage.library()}/../outside.mp4`,
        join(month, 'link.mp4'),
      ]) {
        await expect(client.library.locate({ id: job?.id ?? '', path })).rejects.toMatchObject({
          defined: true,
        })
      }
      await back()
      const got = await page.evaluate(readAround, [
        'logs/dailies.log',
        '../data/history.db',
        '..%2f..%2f..%2foutside.mp4',
        '%2e%2e/%2e%2e/outside.mp4',
        '....//....//outside.mp4',
        '..\\..\\outside.mp4',
        secret,
        `media/${job?.id ?? ''}/video/../../../../outside.mp4`,
        `media/${job?.id ?? ''}%2f..%2f..%2foutside/video`,
        'media/2026-10/link/video',
        '/etc/passwd',
        'dailies://studio/../../etc/passwd',
        'dailies://other/',
        'file:///etc/passwd',
        `file://${secret}`,
      ])
      expect(got).toEqual([])
    })

    it('reaches no foreign address, runs no code of others and none made of text', async () => {
      const page = await stage.driver().page()
      const { hosts, port } = trap
      for (const host of hosts) {
        await page.evaluate(reachSilently, `http://${host}:${port}`)
        expect(await page.evaluate(reachOut, `http://${host}:${port}`)).toEqual([])
      }
      expect(await page.evaluate(tryPeers, { hosts, port })).toEqual([])
      const cancelled = await Promise.all(
        [
          `http://${hosts[0]}:${port}/`,
          'https://evil.example/',
          'wss://evil.example/',
          'file:///etc/passwd',
        ].map((url) => (stage.driver() as Double).do('mayRequest', url)),
      )
      expect(cancelled).toEqual([false, false, false, false])
      expect(trap.caught).toEqual([])
    })

    it('reaches nobody either where the policy it was served with is gone', async () => {
      const page = await stage.driver().page()
      // Whoever holds the port may have Chromium fetch dictionaries: that opens no way out either.
      const { client, back: giveBack } = await borrowPort(page)
      await client.settings.set({ spelling: true, proxyMode: 'none' })
      await giveBack()
      const back = await withoutPolicy(page)
      const { hosts, port } = trap
      for (const host of hosts) {
        await page.evaluate(reachSilently, `http://${host}:${port}`)
        // Code made of text is no way out: what is asked is whether anything arrives.
        await page.evaluate(reachOut, `http://${host}:${port}`)
      }
      expect(await page.evaluate(tryPeers, { hosts, port })).toEqual([])
      expect(trap.caught).toEqual([])
      await back()
    })

    it('opens no second window, and goes nowhere itself', async () => {
      const driver = stage.driver()
      const page = await driver.page()
      const url = page.url()
      for (const to of [
        `http://${trap.hosts[0]}:${trap.port}/`,
        'https://evil.example/',
        'file:///etc/passwd',
        url,
        'about:blank',
      ]) {
        await page.evaluate((to) => {
          window.open(to)
          const link = document.createElement('a')
          Object.assign(link, { href: to, target: '_blank', rel: 'opener' })
          document.body.append(link)
          link.click()
          if (!to.startsWith('about:') && to !== location.href) location.href = to
        }, to)
      }
      await page.locator('nav').waitFor()
      expect(page.url()).toBe(url)
      expect(page.context().pages()).toHaveLength(1)
      expect(await driver.do('windows')).toHaveLength(1)
      expect((await driver.recorded()).opened.filter(({ how }) => how === 'external')).toEqual([])
      expect(trap.caught).toEqual([])
    })
  })
}

/** What a call answers, its refusal included; streams are read for their first word. */
async function answerOf(client: object, path: string[], input: unknown): Promise<unknown> {
  const call = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], client)
  try {
    const answer = await (call as (input: unknown) => Promise<unknown>)(input)
    if (typeof answer !== 'object' || answer === null || !(Symbol.asyncIterator in answer)) return answer
    await (answer as AsyncGenerator).return(undefined)
    return null
  } catch (error) {
    return [String(error), (error as { data?: unknown }).data]
  }
}
