import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { JobRow } from '../../../src/shared/contract'
import { startAws } from '../../simulators/aws'
import { awsHome, awsSettings } from '../../support/awsHome'
import { launchChromium } from '../../support/chromium'
import { tempFolder } from '../../support/folder'
import { startStudio } from '../../support/studio'
import { ready, times } from './kit'

it(
  'a batch in which one is still being made and one has failed: each says so in its column, and the others play',
  { timeout: 150_000 },
  async () => {
    const aws = await startAws({ jobMs: Infinity, concurrency: 2 })
    onTestFinished(() => aws.close())
    const folder = tempFolder()
    const studio = await startStudio({
      dataDir: join(folder, 'data'),
      library: join(folder, 'library'),
      env: { HOME: awsHome(aws) },
    })
    onTestFinished(() => studio.kill())
    const added = await studio.api('POST', '/connections', {
      provider: 'luma-ray2',
      label: 'Account',
      settings: { ...awsSettings(aws), signIn: 'profile', profile: 'sim' },
    })
    const connectionId = added.body['id']
    aws.faults.add('StartAsyncInvoke', {
      kind: 'error',
      status: 400,
      code: 'ValidationException',
      message: 'This prompt is not to be had.',
    })
    const params = { resolution: '540p', duration: 2 }
    const made = await studio.api('POST', '/batches', {
      requests: [
        { model: 'animatic', prompt: 'A heron at dawn', params },
        { model: 'animatic', prompt: 'A heron at noon', params },
        { model: 'luma-ray2', prompt: 'A heron that is refused', connectionId },
        { model: 'luma-ray2', prompt: 'A heron that takes long', connectionId },
      ],
      approved: { micros: 1_000_000_000, currency: 'USD', overBudget: true },
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const [first, , , last] = made.body['jobs'] as JobRow[]

    const browser = await launchChromium()
    onTestFinished(() => browser.close())
    const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
    await page.goto(studio.address)
    const states = async () => {
      const { body } = await studio.api('GET', '/jobs?sort=oldest')
      return (body['jobs'] as JobRow[]).map(({ state }) => state)
    }
    await expect
      .poll(states, { timeout: 90_000, interval: 250 })
      .toEqual(['completed', 'completed', 'failed', 'processing'])
    await page.locator(`[data-seq="${first?.seq}"]`).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Compare this batch' }).click()
    await page.locator('#compare-title').waitFor()
    await ready(page, 2)

    const unfinished = page.getByRole('main').getByRole('status')
    await unfinished.filter({ hasText: 'Request refused' }).waitFor()
    await unfinished.filter({ hasText: 'Rendering' }).waitFor()
    await page.keyboard.press('Space')
    await expect.poll(async () => Math.min(...(await times(page))), { timeout: 20_000 }).toBeGreaterThan(0.3)
    await page.keyboard.press('Space')

    // What was being made takes its place among the others when it is there.
    const { providerJobId } = (await studio.api('GET', `/jobs/${last?.id}`)).body
    await aws.finish(String(providerJobId))
    await ready(page, 3)
    expect(await unfinished.filter({ hasText: 'Rendering' }).count()).toBe(0)
    expect(await states()).toEqual(['completed', 'completed', 'failed', 'completed'])
  },
)
