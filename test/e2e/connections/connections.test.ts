import { BedrockRuntimeClient, StartAsyncInvokeCommand } from '@aws-sdk/client-bedrock-runtime'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lumaModelId, startAws, type AwsSimulator } from '../../simulators/aws'
import { awsSettings } from '../../support/awsHome'
import { launchChromium } from '../../support/chromium'
import { startStudio, type RunningStudio } from '../../support/studio'
import { eventually } from '../../support/eventually'
import { seriousFaults, type Look } from '../frame/kit'

let folder: string
let aws: AwsSimulator
let studio: RunningStudio
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  aws = await startAws()
  studio = await startStudio({
    dataDir: join(folder, 'data'),
    library: join(folder, 'library'),
    // No session bus, so no keychain; a profile that is not asked for must not sign in.
    env: {
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'none')}`,
      HOME: folder,
      AWS_PROFILE: 'other',
      AWS_BEARER_TOKEN_BEDROCK: 'nobody',
    },
  })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await studio.stop()
  await aws.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open({ theme = 'dark', language = 'en-GB', width = 1440, height = 900 }: Look = {}) {
  const context = await browser.newContext({
    colorScheme: theme,
    locale: language,
    viewport: { width, height },
  })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  await page.goto(studio.address)
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Connections|连接/ })
    .click()
  return page
}

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const card = (page: Page, name: string) => page.getByRole('article', { name })
const steps = (page: Page) => page.getByRole('list', { name: 'Steps of the test' }).getByRole('listitem')

async function pasteInto(page: Page, name: string, text: string): Promise<void> {
  await field(page, name).evaluate((input, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', pasted)
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

async function fillEndpoints(page: Page): Promise<void> {
  await page.getByText('More settings').click()
  await field(page, 'Bedrock endpoint').fill(aws.urls.bedrock)
  await field(page, 'Bedrock control endpoint').fill(aws.urls.bedrock)
  await field(page, 'S3 endpoint').fill(aws.urls.s3)
  await field(page, 'STS endpoint').fill(aws.urls.sts)
  await page.getByRole('switch', { name: 'S3 path style' }).click()
}

describe('the first connection', () => {
  it('would not be found from an empty gallery', async () => {
    const page = await open()
    await button(page, 'Gallery').click()
    await button(page, 'Connect a provider').click()
    await page.getByRole('heading', { name: 'Connect a provider' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.context().close()
  })

  it('would be tested without a word at the fields that are missing, or ask for a policy of another bucket', async () => {
    const page = await open()
    await button(page, 'Connect AWS').click()
    await button(page, 'Test connection').click()
    await page.getByText('Some values need another look.').waitFor()
    expect(await field(page, 'Bucket').getAttribute('aria-invalid')).toBe('true')
    await field(page, 'Bucket').fill('film-2026')
    expect(await field(page, 'Bucket').getAttribute('aria-invalid')).toBeNull()
    await page
      .getByText(/arn:aws:s3:::film-2026/)
      .first()
      .waitFor()
    await button(page, 'Copy policy').click()
    await button(page, 'Copied').waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(JSON.parse(copied)).toMatchObject({ Version: '2012-10-17' })
    expect(copied).toContain('arn:aws:s3:::film-2026')
    // What is said at the foot goes with the last field it speaks of.
    await field(page, 'Access key ID').fill('AKIAIOSFODNN7EXAMPLE')
    await field(page, 'Secret access key').fill('x'.repeat(40))
    await page.getByText('Some values need another look.').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('would be saved without a keychain as if there were one, or lose what was typed', async () => {
    const page = await open()
    await button(page, 'Connect AWS').click()
    await field(page, 'Bucket').fill(aws.bucket)
    const { accessKeyId, secretAccessKey } = aws.credential
    await pasteInto(
      page,
      'Access key ID',
      `export AWS_ACCESS_KEY_ID=${accessKeyId}\nexport AWS_SECRET_ACCESS_KEY=${secretAccessKey}\n`,
    )
    expect(await field(page, 'Access key ID').inputValue()).toBe(accessKeyId)
    expect(await field(page, 'Secret access key').inputValue()).toBe(secretAccessKey)
    expect(await field(page, 'Secret access key').getAttribute('type')).toBe('password')
    await page.getByText('This computer has no keychain that answers.').waitFor()
    await fillEndpoints(page)
    await field(page, 'Name').fill('Studio')
    expect(await seriousFaults(page)).toEqual([])

    await button(page, 'Save connection').click()
    await page.getByRole('alert').getByText('Nothing was saved').waitFor()
    expect(await field(page, 'Secret access key').inputValue()).toBe(secretAccessKey)
    const { body } = await studio.api('GET', '/connections')
    expect(body['connections']).toEqual([])

    await button(page, 'Keep for this session only').click()
    await card(page, 'Studio').waitFor()
    await card(page, 'Studio').getByText('for this session only').waitFor()
    await card(page, 'Studio').getByText('Not tested').waitFor()
    // Neither the page nor anything that it was told holds the secret.
    expect(await page.content()).not.toContain(secretAccessKey)
    expect(JSON.stringify((await studio.api('GET', '/connections')).body)).not.toContain(secretAccessKey)
    await page.context().close()
  })
})

describe('a connection', () => {
  it('would be called ready by a test that did not see it work', async () => {
    const page = await open()
    await card(page, 'Studio').getByRole('button', { name: 'Test connection' }).click()
    await card(page, 'Studio').getByText('Ready').waitFor()
    await eventually(async () => expect(await steps(page).count()).toBe(7))
    for (const step of await steps(page).allInnerTexts()) expect(step).toMatch(/OK/)
    await card(page, 'Studio').getByText('arn:aws:').first().waitFor()
    expect(aws.billable()).toBe(0)
    expect(await seriousFaults(page)).toEqual([])
    await page.context().close()
  })

  it('would speak of a policy without a way to it', async () => {
    const page = await open()
    const { accessKeyId } = aws.credential
    aws.identities.deny(accessKeyId, 's3:PutObject')
    const own = card(page, 'Studio')
    await own.getByRole('button', { name: 'Test connection' }).click()
    await own.getByText(/^Add the policy that this connection shows/).waitFor()
    await own.getByRole('button', { name: 'Show the policy' }).click()
    const policy = page.getByRole('dialog', { name: 'IAM policy' })
    await policy.getByText(`arn:aws:s3:::${aws.bucket}/dailies/*`).waitFor()
    await policy.getByRole('button', { name: 'Copy policy' }).click()
    await policy.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(JSON.parse(copied)).toMatchObject({ Version: '2012-10-17' })
    expect(copied).toContain(`arn:aws:s3:::${aws.bucket}/dailies/*`)
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await policy.waitFor({ state: 'detached' })

    // The same in the form, of what stands in it; Escape leaves the form open.
    await own.getByRole('button', { name: 'Edit' }).click()
    await field(page, 'Prefix').fill('elsewhere/')
    await button(page, 'Test connection').click()
    await button(page, 'Show the policy').click()
    await policy.getByText(`arn:aws:s3:::${aws.bucket}/elsewhere/*`).waitFor()
    await page.keyboard.press('Escape')
    await policy.waitFor({ state: 'detached' })
    expect(await field(page, 'Prefix').inputValue()).toBe('elsewhere/')
    await button(page, 'Cancel').click()
    await button(page, 'Leave').click()

    await button(page, 'More for Studio').click()
    await page.getByRole('menuitem', { name: 'IAM policy…' }).click()
    await policy.getByText(`arn:aws:s3:::${aws.bucket}/dailies/*`).waitFor()
    await page.keyboard.press('Escape')
    await policy.waitFor({ state: 'detached' })
    aws.identities.deny(accessKeyId)
    await own.getByRole('button', { name: 'Test connection' }).click()
    await own.getByText('Ready').waitFor()
    expect(await own.getByRole('button', { name: 'Show the policy' }).count()).toBe(0)
    await page.context().close()
  })

  it('would hide which step fails, or what to do about it', async () => {
    const page = await open()
    await card(page, 'Studio').getByRole('button', { name: 'Edit' }).click()
    const secret = page.getByRole('group', { name: 'Secret access key' })
    await secret.getByText(`ends in ••••${aws.credential.secretAccessKey.slice(-4)}`).waitFor()
    await secret.getByRole('button', { name: 'Replace' }).click()
    await field(page, 'Secret access key').fill('x'.repeat(40))
    await button(page, 'Test connection').click()
    const first = steps(page).first()
    await first.getByText('failed').waitFor()
    await first.getByText(/Check the access key id and the secret access key/).waitFor()
    await page.getByText('The test found something to mend.').waitFor()
    expect(await seriousFaults(page)).toEqual([])

    await button(page, 'Cancel').click()
    await page.getByText('Leave without saving?').waitFor()
    await button(page, 'Stay').click()
    expect(await field(page, 'Secret access key').inputValue()).toBe('x'.repeat(40))
    await button(page, 'Keep the old one').click()
    await button(page, 'Cancel').click()
    await card(page, 'Studio').getByText('Ready').waitFor()
    await page.context().close()
  })

  it('would refuse a value without saying it beside its field', async () => {
    const page = await open()
    await card(page, 'Studio').getByRole('button', { name: 'Edit' }).click()
    await field(page, 'Bucket').fill('Not A Bucket')
    await field(page, 'Name').fill('Renamed')
    await button(page, 'Save').click()
    const described = await field(page, 'Bucket').getAttribute('aria-describedby')
    await page.locator(`[id="${described}"]`).getByText('This cannot be the name of a bucket.').waitFor()
    expect(await field(page, 'Name').inputValue()).toBe('Renamed')
    await field(page, 'Bucket').fill(aws.bucket)
    await button(page, 'Save').click()
    await card(page, 'Renamed').waitFor()
    await page.context().close()
  })

  it('would leave jobs at AWS that the history does not know, their videos too', async () => {
    const { accessKeyId, secretAccessKey } = aws.credential
    const client = new BedrockRuntimeClient({
      region: aws.region,
      endpoint: aws.urls.bedrock,
      credentials: { accessKeyId, secretAccessKey },
      requestHandler: new NodeHttpHandler(),
    })
    await client.send(
      new StartAsyncInvokeCommand({
        modelId: lumaModelId,
        modelInput: { prompt: 'Made elsewhere' },
        outputDataConfig: { s3OutputDataConfig: { s3Uri: `s3://${aws.bucket}/elsewhere/` } },
      }),
    )
    client.destroy()
    const page = await open()
    await button(page, 'More for Renamed').click()
    await page.getByRole('menuitem', { name: 'Import from AWS…' }).click()
    await page.getByText(`s3://${aws.bucket}/elsewhere`).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await button(page, 'Import 1 job').click()
    await page.getByRole('gridcell', { name: /Luma Ray2[^]*Done/ }).waitFor()
    await page.getByRole('definition').getByText('Renamed').waitFor()

    await button(page, 'Connections').click()
    await button(page, 'More for Renamed').click()
    await page.getByRole('menuitem', { name: 'Import from AWS…' }).click()
    await page.getByText('Everything AWS knows of these days is in the history already.').waitFor()
    await page.context().close()
  })

  it('would go on being used after it was switched off, or be lost with its secrets', async () => {
    const page = await open()
    const menu = (entry: string) => async () => {
      await button(page, 'More for Renamed').click()
      await page.getByRole('menuitem', { name: entry }).click()
    }
    await menu('Switch off')()
    await card(page, 'Renamed').getByText('Switched off').waitFor()
    await button(page, 'Gallery').click()
    await button(page, 'Add a model').click()
    await page.getByRole('group', { name: 'Luma Ray2' }).getByText('Available after connecting').waitFor()
    await page.getByRole('checkbox', { name: /Luma Ray2/ }).click()
    await page.keyboard.press('Escape')
    await button(page, 'Connect Luma Ray2').click()
    await menu('Switch on')()
    await card(page, 'Renamed')
      .getByText(/Ready|Not tested/)
      .waitFor()
    await button(page, 'Gallery').click()
    await button(page, 'Connection for Luma Ray2: Renamed').waitFor()
    expect(await button(page, 'Connect Luma Ray2').count()).toBe(0)
    await page.context().close()
  })

  it('would keep a secret that was to be forgotten', async () => {
    const page = await open()
    await card(page, 'Renamed').getByRole('button', { name: 'Edit' }).click()
    const secret = page.getByRole('group', { name: 'Secret access key' })
    await secret.getByRole('button', { name: 'Forget' }).click()
    await secret.getByText('Forgotten when you save').waitFor()
    await page.getByRole('radio', { name: 'This computer' }).click()
    await page.getByText('Set in the environment and able to decide who signs in: AWS_PROFILE.').waitFor()
    await page.getByText(/^Set in the environment and ignored: .*AWS_BEARER_TOKEN_BEDROCK/).waitFor()
    await page.getByRole('radio', { name: 'Access key' }).click()
    await page.getByText(/^Set in the environment and ignored: .*AWS_PROFILE/).waitFor()
    await button(page, 'Save').click()
    await card(page, 'Renamed').getByText('Secrets missing').waitFor()
    const { body } = await studio.api('GET', '/connections')
    const [kept] = body['connections'] as { secrets: { name: string; configured: boolean }[] }[]
    expect(kept?.secrets.filter((own) => own.configured).map((own) => own.name)).toEqual(['accessKeyId'])
    await page.context().close()
  })

  it('of this computer would not say which of its sign-ins it found', async () => {
    const { accessKeyId, secretAccessKey } = aws.credential
    mkdirSync(join(folder, '.aws'))
    writeFileSync(
      join(folder, '.aws', 'credentials'),
      `[other]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`,
    )
    const settings = { ...awsSettings(aws), signIn: 'default' }
    const made = await studio.api('POST', '/connections', { provider: 'luma-ray2', label: 'Found', settings })
    expect(made.status).toBe(201)
    const page = await open()
    await card(page, 'Found').getByRole('button', { name: 'Test connection' }).click()
    await card(page, 'Found').getByText('Found on this computer: profile other.').waitFor()
    await card(page, 'Found')
      .getByText(/^This computer's sign-in · arn:aws:iam::/)
      .waitFor()
    await button(page, 'More for Found').click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    await button(page, 'Remove').click()
    await card(page, 'Found').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('would be removed without a question, or stay after it', async () => {
    const page = await open()
    await button(page, 'More for Renamed').click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    await page.getByText('Remove Renamed?').waitFor()
    await button(page, 'Remove').click()
    await page.getByRole('heading', { name: 'Connect a provider' }).waitFor()
    const { body } = await studio.api('GET', '/connections')
    expect(body['connections']).toEqual([])
    await page.context().close()
  })
})

describe('the page in a small window', () => {
  it('would cut something off or be read by some only', async () => {
    for (const look of [
      { theme: 'light', language: 'en-GB' },
      { theme: 'dark', language: 'zh-CN' },
    ] as const) {
      const page = await open({ ...look, width: 960, height: 640 })
      await button(page, /Fill in the form|直接填写表单/).click()
      await page.getByRole('textbox').first().waitFor()
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll('main *')].some(
          (element) => element.getBoundingClientRect().right > window.innerWidth + 1,
        ),
      )
      expect(wide).toBe(false)
      expect(await seriousFaults(page)).toEqual([])
      await page.context().close()
    }
  })
})
