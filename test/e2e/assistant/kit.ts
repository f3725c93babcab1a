import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startAws, type AwsSimulator } from '../../simulators/aws'
import { launchChromium } from '../../support/chromium'
import { startStudio, type RunningStudio } from '../../support/studio'
import type { Look } from '../frame/kit'

/** The built studio with an account of Claude at the simulators, and a Chromium beside it. */
export interface Desk {
  aws: AwsSimulator
  studio: RunningStudio
  browser: Browser
  /** Opens a page with the assistant's panel. */
  open(look?: Look): Promise<Page>
  close(): Promise<void>
}

/** `consent`: the person has agreed to sending. */
export async function startDesk({ consent = true } = {}): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  const aws = await startAws()
  const studio = await startStudio({ dataDir: join(folder, 'data'), library: join(folder, 'library') })
  const { accessKeyId, secretAccessKey } = aws.credential
  const { status, body } = await studio.api('POST', '/connections', {
    provider: 'claude',
    label: 'Words',
    settings: {
      bedrockEndpoint: aws.urls.bedrock,
      bedrockControlEndpoint: aws.urls.bedrock,
      s3Endpoint: aws.urls.s3,
      stsEndpoint: aws.urls.sts,
      pathStyle: true,
    },
    secrets: { accessKeyId, secretAccessKey },
    keep: 'session',
  })
  if (status !== 201) throw new Error(`no connection: ${JSON.stringify(body)}`)
  if (consent) await studio.api('PATCH', '/settings', { assistantConsent: true })
  const browser = await launchChromium()
  return {
    aws,
    studio,
    browser,
    async open({ theme = 'dark', language = 'en-GB', width = 1440, height = 900 } = {}) {
      const context = await browser.newContext({
        colorScheme: theme,
        locale: language,
        viewport: { width, height },
      })
      const page = await context.newPage()
      await page.goto(studio.address)
      await page.locator('[data-prompt] textarea').waitFor()
      await page.keyboard.press('Control+j')
      await page.locator('[data-first]').waitFor()
      return page
    },
    async close() {
      await browser.close()
      await studio.stop()
      await aws.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The parts of the panel. */
export const assistant = (page: Page) => {
  const panel = page.getByRole('region', { name: 'Write with Claude' })
  return {
    panel,
    prompt: page.locator('[data-prompt] textarea'),
    line: panel.getByRole('textbox', { name: 'Your words to Claude' }),
    action: (name: string) =>
      panel.getByRole('group', { name: 'What Claude shall do' }).getByRole('button', { name }),
    button: (name: string | RegExp) => panel.getByRole('button', { name }),
    tab: (name: string) => panel.getByRole('tab', { name }),
  }
}
