import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { startAws, type AwsSimulator } from '../../simulators/aws'
import { awsSettings } from '../../support/awsHome'
import { videosIn } from '../../support/sound'
import type { Launch } from '../driver'
import { borrowPort } from './portClient'
import { setStage } from './stage'

/** A program with work under way: what the system, a crash or the person may do to it meanwhile. */
export function workScenes(launch: Launch): void {
  let aws: AwsSimulator
  const stage = setStage(launch, async () => {
    // Jobs end when the test says so. The key comes from the environment, so it is there after a restart too.
    aws = await startAws({ jobMs: Infinity })
    const { accessKeyId, secretAccessKey } = aws.credential
    return {
      env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_PROFILE: '' },
    }
  })
  afterAll(() => aws.close())

  const driver = () => stage.driver()
  const shown = async () => (await driver().do('windows'))[0]
  const polls = () => aws.requests('GetAsyncInvoke').length
  /** Read by the window itself: to Playwright, a page that crashed stays crashed. */
  const text = () => driver().do('script', `document.querySelector('[aria-label="Prompt"]')?.value`)
  let jobId = ''

  /** What is kept of the prompt that is being written. */
  function draft(): string {
    const db = new Database(join(stage.dataDir(), 'history.db'), { readonly: true })
    try {
      return JSON.stringify(db.prepare(`SELECT * FROM memo WHERE name = 'draft'`).get() ?? null)
    } finally {
      db.close()
    }
  }

  /** All that the program wrote into its log. */
  function logged(): string {
    const folder = join(stage.dataDir(), 'logs')
    return readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('')
  }

  describe('the desktop program while something goes on', () => {
    it('started a second time would be a second studio, or leave the first behind other windows', async () => {
      await (await driver().page()).locator('nav').waitFor()
      await driver().do('minimize')
      expect(await driver().startAgain()).toBe(0)
      await expect.poll(shown).toMatchObject({ minimized: false, focused: true })
      expect(await driver().do('windows')).toHaveLength(1)
    })

    it('waking from sleep would wait for the next poll, minutes away', async () => {
      const { client, back } = await borrowPort(await driver().page())
      const connection = await client.connections.create({
        provider: 'luma-ray2',
        label: 'Simulated',
        settings: { ...awsSettings(aws), signIn: 'default', transport: 'http' },
        secrets: {},
      })
      const { jobs } = await client.jobs.create({
        model: 'luma-ray2',
        connectionId: connection.id,
        prompt: 'A lighthouse at dusk',
        params: { duration: '5s', resolution: '540p' },
        approved: { micros: 1_000_000_000, currency: 'USD' },
      })
      jobId = jobs[0]?.id ?? ''
      await expect.poll(async () => (await client.jobs.get({ id: jobId })).state).toBe('processing')
      // The provider's floor is five seconds: sooner than that only waking brings a poll.
      const before = polls()
      await driver().do('power', 'suspend')
      await driver().do('power', 'resume')
      await expect.poll(polls, { timeout: 4_000 }).toBeGreaterThan(before)
      await back()
    })

    it('a link to a job would not show it', async () => {
      const page = await driver().page()
      await page.keyboard.press('2')
      await page.locator('nav [aria-current=page]', { hasText: 'Queue' }).waitFor()
      await driver().do('openUrl', `dailies://job/${jobId}`)
      await page.locator('nav [aria-current=page]', { hasText: 'Gallery' }).waitFor()
      const inspector = page.getByRole('complementary', { name: 'Inspector' })
      await expect.poll(() => inspector.innerText()).toContain('A lighthouse at dusk')
    })

    it('a link to a job that is not there would break something, or say nothing', async () => {
      const page = await driver().page()
      await driver().do('openUrl', 'dailies://job/01890000-0000-7000-8000-000000000000')
      await page.getByText('This link leads to a job that is not in this history').first().waitFor()
      expect(await shown()).toMatchObject({ crashed: false })
    })

    it('a crashed page would stay dead, or lose what was being written', async () => {
      const page = await driver().page()
      await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('A tide of lanterns, 灯笼')
      await expect.poll(draft).toContain('A tide of lanterns')
      await driver().do('crash')
      await expect.poll(logged).toContain('the page ended')
      await expect.poll(shown).toMatchObject({ crashed: false, url: 'dailies://studio/' })
      await expect.poll(text).toBe('A tide of lanterns, 灯笼')
    })

    it('quitting would leave a paid job without a word', async () => {
      await driver().do('answerDialog', { button: 1 })
      await driver().do('quit')
      const question = async () => (await driver().recorded()).dialogs.at(-1)
      await expect.poll(question).toMatchObject({
        kind: 'message',
        options: { message: 'A job is still under way.', buttons: ['Quit', 'Keep running'] },
      })
      expect(await shown()).toMatchObject({ visible: true })
      expect(await text()).toBe('A tide of lanterns, 灯笼')
    })

    it('closing the window would end the program without asking', async () => {
      const { dialogs } = await driver().recorded()
      await driver().do('clickMenu', ['File', 'Close window'])
      await expect.poll(async () => (await driver().recorded()).dialogs.length).toBe(dialogs.length + 1)
      expect(await shown()).toMatchObject({ visible: true })
    })

    it('a job would be lost, sent again or billed twice over quitting and starting', async () => {
      await driver().do('answerDialog', { button: 0 })
      await driver().do('quit')
      expect(await driver().ended).toBe(0)
      await stage.restart()
      const asked = polls()
      await expect.poll(polls).toBeGreaterThan(asked)
      await aws.finish()
      await driver().do('power', 'resume')
      await expect.poll(() => videosIn(stage.library()), { timeout: 30_000 }).toHaveLength(1)
      expect(aws.billable()).toBe(1)
      const page = await driver().page()
      await page.getByRole('gridcell', { name: /A lighthouse at dusk/ }).waitFor()
      // Nothing is under way any more, so nobody is asked.
      await driver().do('quit')
      expect(await driver().ended).toBe(0)
    })
  })
}
