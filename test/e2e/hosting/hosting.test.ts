import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startAws, type AwsSimulator } from '../../simulators/aws'
import { startJimeng, type JimengSimulator } from '../../simulators/jimeng'
import { launchChromium } from '../../support/chromium'
import { startStudio, type RunningStudio } from '../../support/studio'
import { makeMp4 } from '../../support/video'
import { composer, drop, picture } from '../composer/kit'
import { seriousFaults } from '../frame/kit'

let folder: string
let aws: AwsSimulator
let jimeng: JimengSimulator
let studio: RunningStudio
let browser: Browser
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  aws = await startAws()
  const video = await makeMp4({ width: 1280, height: 720, fps: 24, frames: 24, frameBytes: 2000 })
  jimeng = await startJimeng({ video, readsImages: true })
  studio = await startStudio({
    dataDir: join(folder, 'data'),
    library: join(folder, 'library'),
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'none')}`, HOME: folder },
  })
  for (const [label, settings, secrets] of [
    ['My relay', { kind: 'relay', relayUrl: jimeng.url }, { relayKey: jimeng.relayKey }],
    ['Volcengine', { endpoint: jimeng.url }, { ...jimeng.account }],
  ] as const) {
    const account = { provider: 'jimeng', label, settings, secrets, keep: 'session' }
    const { status, body } = await studio.api('POST', '/connections', account)
    if (status !== 201) throw new Error(JSON.stringify(body))
  }
  browser = await launchChromium()
  const context = await browser.newContext({
    colorScheme: 'dark',
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
  })
  page = await context.newPage()
  await page.goto(studio.address)
})
afterAll(async () => {
  await browser.close()
  await studio.stop()
  await jimeng.close()
  await aws.close()
  rmSync(folder, { recursive: true, force: true })
})

const field = (name: string) => page.getByLabel(name, { exact: true })
const button = (name: string | RegExp) => page.getByRole('button', { name })

/** Makes this the only chosen model. */
async function choose(label: RegExp): Promise<void> {
  await button(/^Add a model|^Models?:/)
    .first()
    .click()
  await page.getByRole('checkbox', { name: label }).waitFor()
  const checked = page.getByRole('checkbox', { checked: true })
  while ((await checked.count()) > 0) await checked.first().click()
  await page.getByRole('checkbox', { name: label }).click()
  await page.keyboard.press('Escape')
  // An image is offered the places of the models that are chosen.
  await page.getByRole('checkbox', { name: label }).waitFor({ state: 'hidden' })
}

describe('an image', () => {
  it('would be sent to a service that reads links only, without a place to lie and without a word', async () => {
    await choose(/^Jimeng 3\.0 \(relay\)/)
    await composer(page).prompt.fill('A lighthouse in a storm')
    await drop(page, [await picture('lighthouse.jpg', 1024, 768, '#334466')], 'reference')
    await page
      .getByText('Jimeng 3.0 (relay) reads images from a link, and no image hosting is chosen for it.')
      .waitFor()
    await page.getByText('Needs image hosting').waitFor()
    expect(await composer(page).generate.count()).toBe(0)
    expect(await seriousFaults(page)).toEqual([])
  })

  it('would have no way from there to a hosting that was tried out', async () => {
    await button('Set up image hosting').click()
    await page.getByRole('heading', { name: 'Connect Image hosting' }).waitFor()
    // What makes no videos has no jobs to limit.
    expect(await page.getByText('Monthly budget').count()).toBe(0)
    await field('Bucket').fill(aws.bucket)
    await field('Region').fill(aws.region)
    await field('Address of the store').fill(aws.urls.s3)
    await field('Access key ID').fill(aws.credential.accessKeyId)
    await field('Secret access key').fill(aws.credential.secretAccessKey)
    await page.getByText('More settings').click()
    await page.getByRole('switch', { name: 'S3 path style' }).click()
    await button('Keep for this session only').click()
    await button('Test connection').click()
    await page.getByText('Everything works.').waitFor()
    expect(aws.store.keys(aws.bucket)).toEqual([])
    expect(await seriousFaults(page)).toEqual([])
    await button('Save connection').click()
    await page.getByRole('article', { name: 'Image hosting' }).getByText('Ready').waitFor()
  })

  it('would go to the hosting without being said before, or lie there after its job', async () => {
    await page.getByRole('navigation').getByRole('button', { name: 'Gallery' }).click()
    await page
      .getByText('lighthouse.jpg goes to Image hosting, as a link for as long as the job needs it.')
      .waitFor()
    await composer(page).generate.click()
    await button('Generate 1 video').click()
    await vi.waitFor(
      async () => {
        const { body } = await studio.api('GET', '/jobs')
        expect(body['jobs']).toMatchObject([{ state: 'completed', model: 'jimeng-relay' }])
      },
      { timeout: 30_000, interval: 200 },
    )
    expect(jimeng.state.read).toMatchObject([{ type: 'image/jpeg' }])
    await vi.waitFor(() => expect(aws.store.keys(aws.bucket)).toEqual([]), { timeout: 10_000 })
  })

  it('would be said to become a link where its bytes are taken', async () => {
    // The image of no model's role keeps other models from being chosen.
    await button('Remove reference image').click()
    await choose(/^Jimeng 3\.0(?! \(| Pro)/)
    await drop(page, [await picture('harbour.jpg', 1024, 768, '#664433')], 'first')
    await page.getByTitle(/harbour\.jpg .*sent to Jimeng 3\.0 itself, without a link/).waitFor()
    expect(await page.getByText(/as a link/).count()).toBe(0)
  })
})
