import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import en from '../../../src/renderer/messages/en.json' with { type: 'json' }
import shared from '../../../src/shared/messages/en.json' with { type: 'json' }
import { startAws, type AwsSimulator } from '../../simulators/aws'
import { awsSettings } from '../../support/awsHome'
import { launchChromium } from '../../support/chromium'
import { seriousFaults } from '../frame/kit'
import { startKeychainHouse, type KeychainHouse } from './kit'

let folder: string
let aws: AwsSimulator
let house: KeychainHouse
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  aws = await startAws()
  house = await startKeychainHouse(folder)
  browser = await launchChromium()
})
afterEach(() => {
  house.keychain.mend()
  house.keychain.state = 'ready'
})
afterAll(async () => {
  await browser.close()
  await house.close()
  await aws.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 960, height: 640 } })).newPage()
  await page.goto(house.address)
  await page.getByRole('navigation').getByRole('button', { name: 'Connections' }).click()
  return page
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const card = (page: Page, name: string) => page.getByRole('article', { name })

const troubles = ['absent', 'locked', 'dismissed', 'denied', 'failed'] as const
const inSight = (page: Page, name: string) =>
  button(page, name).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  })

describe('a keychain that does not take the keys', () => {
  it.each(troubles)('and is %s would not say so, or lose what was typed', async (trouble) => {
    const page = await open()
    await button(page, 'Connect AWS').click()
    await page.getByLabel('Bucket', { exact: true }).fill(aws.bucket)
    await page.getByLabel('Access key ID', { exact: true }).fill(aws.credential.accessKeyId)
    const secret = page.getByLabel('Secret access key', { exact: true })
    await secret.fill(aws.credential.secretAccessKey)
    house.keychain.refuse('set', trouble)
    await button(page, 'Save connection').click()
    const notice = page.getByRole('status').filter({ hasText: 'In memory until Dailies is closed.' })
    const { message, hint } = shared.problem[`keychain.${trouble}`]
    await notice.getByText(message, { exact: true }).waitFor()
    await notice.getByText(hint, { exact: true }).waitFor()
    await page.getByRole('alert').getByText(en.connections.keep.notSaved).waitFor()
    await expect.poll(() => inSight(page, 'Keep for this session only')).toBe(true)
    // Enter must not choose the session for the person.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Try again')
    expect(await seriousFaults(page)).toEqual([])

    const before = house.keychain.count('set')
    await button(page, 'Try again').click()
    await expect.poll(() => house.keychain.count('set')).toBeGreaterThan(before)
    await notice.getByText(message, { exact: true }).waitFor()
    expect(await secret.inputValue()).toBe(aws.credential.secretAccessKey)
    await page.context().close()
  })

  it('would have five ways of saying the same', () => {
    for (const part of ['message', 'hint'] as const) {
      const said = troubles.map((trouble) => shared.problem[`keychain.${trouble}`][part])
      expect(new Set(said).size).toBe(troubles.length)
    }
  })
})

describe('a connection that was found to work', () => {
  it('would leave a person alone before the first video', async () => {
    const { accessKeyId, secretAccessKey } = aws.credential
    await house.add({
      provider: 'luma-ray2',
      label: 'Works',
      settings: { ...awsSettings(aws), signIn: 'keys' },
      secrets: { accessKeyId, secretAccessKey },
      keep: 'keychain',
    })
    const page = await open()
    expect(await button(page, 'Make a video').count()).toBe(0)
    await card(page, 'Works').getByRole('button', { name: 'Test connection' }).click()
    await card(page, 'Works').getByRole('button', { name: 'Make a video' }).click()
    const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
    await expect.poll(() => prompt.evaluate((element) => element === document.activeElement)).toBe(true)
    await button(page, 'Luma Ray2').waitFor()
    await page.getByText(/\$3\.75/).waitFor()
    expect(aws.billable()).toBe(0)
    await page.context().close()
  })
})

describe('a name as long as it may be, in one word', () => {
  it('would run out of its card, its menu or the question before it is removed', async () => {
    const label = 'W'.repeat(80)
    await house.add({ provider: 'luma-ray2', label, settings: { ...awsSettings(aws), signIn: 'default' } })
    const page = await open()
    const inside = (outer: Locator, inner: Locator) =>
      expect
        .poll(async () => {
          const [around, within] = [await outer.boundingBox(), await inner.boundingBox()]
          return (
            around && within && within.x >= around.x && within.x + within.width <= around.x + around.width
          )
        })
        .toBe(true)
    await inside(card(page, label), page.getByRole('heading', { name: label }))
    await button(page, `More for ${label}`).click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    const question = page.getByRole('alertdialog').or(page.getByRole('dialog'))
    await inside(question, question.getByRole('heading'))
    expect(await question.getByRole('heading').evaluate((it) => it.scrollWidth <= it.clientWidth)).toBe(true)
    await question.getByRole('button', { name: 'Remove', exact: true }).click()
    await card(page, label).waitFor({ state: 'detached' })
    await page.context().close()
  })
})

describe('connections whose keys cannot be had', () => {
  it('would be told apart from bad keys only by the log', async () => {
    const { accessKeyId, secretAccessKey } = aws.credential
    const account = {
      provider: 'luma-ray2',
      settings: { ...awsSettings(aws), signIn: 'keys' },
      secrets: { accessKeyId, secretAccessKey },
    }
    await house.add({ ...account, label: 'Kept', keep: 'keychain' })
    await house.add({ ...account, label: 'Lent', keep: 'session' })
    await house.restart()
    house.keychain.refuse('get', 'denied')
    const page = await open()
    const kept = card(page, 'Kept')
    await kept.getByRole('button', { name: 'Test connection' }).click()
    await kept.getByText(shared.test['keys.denied'], { exact: true }).waitFor()
    await kept.getByText(shared.test['keys.denied.remedy'], { exact: true }).waitFor()
    expect(house.keychain.kept.size).toBe(4)
    house.keychain.mend()
    await kept.getByRole('button', { name: 'Test connection' }).click()
    await kept.getByText('Ready').waitFor()

    // A session that is over: there is nothing to test, and one press leads to the field.
    const lent = card(page, 'Lent')
    await lent.getByText('Its keys were for a session that is over').waitFor()
    expect(await lent.getByRole('button', { name: 'Test connection' }).count()).toBe(0)
    await lent.getByRole('button', { name: 'Enter the keys' }).click()
    const first = page.getByLabel('Access key ID', { exact: true })
    await expect.poll(() => first.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.context().close()
  })

  it('would be called locked after it was unlocked in another window', async () => {
    house.keychain.state = 'locked'
    const page = await open()
    await page.getByText(en.connections.keychain.locked).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    house.keychain.state = 'ready'
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await page.getByText(en.connections.keychain.locked).waitFor({ state: 'detached' })
    await page.context().close()
  })
})
