import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished, vi } from 'vitest'
import { startAws } from '../../simulators/aws'
import { awsHome, awsSettings } from '../../support/awsHome'
import { launchChromium } from '../../support/chromium'
import { tempFolder } from '../../support/folder'
import { bringVideo } from '../../support/sidecar'
import { startStudio, type RunningStudio } from '../../support/studio'

type Row = { id: string; state: string; waiting: string | null }

/** A paid service on loopback, and a studio whose account at it outlives restarts. */
async function house() {
  const aws = await startAws({ jobMs: 1_500, concurrency: 1 })
  onTestFinished(() => aws.close())
  const home = awsHome(aws)
  const folder = tempFolder()
  const dataDir = join(folder, 'data')
  const open = async (...args: string[]) => {
    const studio = await startStudio({
      dataDir,
      library: join(folder, 'library'),
      args,
      env: { HOME: home },
    })
    onTestFinished(() => studio.kill())
    return studio
  }
  return { aws, dataDir, open }
}

const rowsOf = async (studio: RunningStudio) =>
  ((await studio.api('GET', '/jobs')).body['jobs'] as Row[]).toSorted((a, b) => a.id.localeCompare(b.id))

it('neither loses, touches nor doubles a paid job that was running when Dailies is started in safe mode', async () => {
  const { aws, dataDir, open } = await house()
  const first = await open()
  const added = await first.api('POST', '/connections', {
    provider: 'luma-ray2',
    label: 'Account',
    settings: { ...awsSettings(aws), signIn: 'profile', profile: 'sim' },
  })
  expect(added.status, JSON.stringify(added.body)).toBe(201)
  const connectionId = added.body['id']
  for (const prompt of ['A heron at dawn', 'A heron at noon']) {
    const made = await first.api('POST', '/jobs', { model: 'luma-ray2', prompt, connectionId })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
  }
  await expect.poll(async () => (await rowsOf(first)).map(({ state }) => state)).toContain('processing')
  await first.kill()

  const safe = await open('--safe-mode')
  expect((await safe.api('GET', '/studio')).body).toMatchObject({ safeMode: 'asked' })
  const before = await rowsOf(safe)
  expect(before.map(({ state, waiting }) => [state, waiting])).toEqual([
    ['processing', 'safe_mode'],
    ['queued', 'safe_mode'],
  ])
  const seen = aws.requests().length
  // What a person does meanwhile is kept, and waits like the others.
  const third = await safe.api('POST', '/jobs', {
    model: 'luma-ray2',
    prompt: 'A heron at night',
    connectionId,
  })
  expect(third.status, JSON.stringify(third.body)).toBe(201)
  const queued = before.find(({ state }) => state === 'queued')?.id
  expect((await safe.api('POST', `/jobs/${queued}/pause`)).status).toBe(200)
  expect((await safe.api('POST', `/jobs/${queued}/resume`)).status).toBe(200)
  const browser = await launchChromium()
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ locale: 'en-GB' })
  await page.goto(safe.address)
  await page.getByText('Safe mode.', { exact: true }).waitFor()
  await page
    .getByText('Waits for safe mode to end')
    .or(page.getByText('waits for a restart'))
    .first()
    .waitFor()
  expect((await rowsOf(safe)).map(({ waiting }) => waiting)).toEqual(['safe_mode', 'safe_mode', 'safe_mode'])
  expect(aws.requests().length).toBe(seen)

  // Left from the page itself, which finds the studio again at its address.
  await page.getByRole('button', { name: 'Restart normally' }).click()
  await page.getByText('Safe mode.', { exact: true }).waitFor({ state: 'detached', timeout: 20_000 })
  expect((await safe.api('GET', '/studio')).body).toMatchObject({ safeMode: null })
  await expect
    .poll(async () => (await rowsOf(safe)).map(({ state }) => state), { timeout: 60_000, interval: 200 })
    .toEqual(['completed', 'completed', 'completed'])
  expect(aws.billable()).toBe(3)
  expect(aws.requests('StartAsyncInvoke').length).toBe(3)
  expect(existsSync(join(dataDir, 'starting.json'))).toBe(false)
})

it('plays nothing by itself in safe mode: no preview under the pointer, and a video only when it is asked for', async () => {
  const folder = tempFolder()
  const options = { dataDir: join(folder, 'data'), library: join(folder, 'library') }
  bringVideo({ library: options.library, id: '01930000-0000-7000-8000-000000000001', prompt: 'A heron' })
  const browser = await launchChromium()
  onTestFinished(() => browser.close())

  async function open(...args: string[]) {
    const studio = await startStudio({ ...options, args })
    onTestFinished(() => studio.kill())
    if (args.length === 0) await studio.api('POST', '/library/rebuild')
    const page = await browser.newPage({ locale: 'en-GB' })
    await page.goto(studio.address)
    const card = page.getByRole('gridcell', { name: /A heron/ })
    await card.waitFor()
    return { studio, page, card }
  }

  // In ordinary use both happen, or their absence below would mean nothing.
  const usual = await open()
  await vi.waitFor(
    async () => {
      await usual.page.mouse.move(4, 400)
      await usual.card.hover()
      await usual.card.locator('video[data-playing]').waitFor({ timeout: 2000 })
    },
    { timeout: 40_000, interval: 100 },
  )
  await usual.card.click()
  const loaded = (page: Page) =>
    page
      .getByRole('complementary')
      .locator('video')
      .evaluate((video: HTMLVideoElement) => ({ loaded: video.readyState > 0, paused: video.paused }))
  await expect.poll(() => loaded(usual.page)).toEqual({ loaded: true, paused: true })
  await usual.page.close()
  await usual.studio.stop()

  const safe = await open('--safe-mode')
  await safe.page.getByText('Safe mode.', { exact: true }).waitFor()
  await safe.card.hover()
  // The menu opens later than a preview would have begun.
  await safe.card.getByRole('button', { name: 'Actions' }).click()
  await safe.page.getByRole('menuitem', { name: 'Copy prompt' }).waitFor()
  expect(await safe.page.locator('[role=grid] video').count()).toBe(0)
  await safe.page.keyboard.press('Escape')
  await safe.card.click()
  const video = safe.page.getByRole('complementary').locator('video')
  await video.waitFor()
  expect(await loaded(safe.page)).toEqual({ loaded: false, paused: true })
  await video.click()
  await expect.poll(() => loaded(safe.page)).toMatchObject({ loaded: true })
})

it('starts safely after two starts that ended too early, and as usual the next time', async () => {
  const { dataDir, open } = await house()
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(join(dataDir, 'starting.json'), '{"starts":2}')
  const safe = await open()
  expect((await safe.api('GET', '/studio')).body).toMatchObject({ safeMode: 'crashed' })
  await safe.stop()
  const next = await open()
  expect((await next.api('GET', '/studio')).body).toMatchObject({ safeMode: null })
})
