import type { Page } from 'playwright-core'
import { startAws, type AwsSimulator } from '../../simulators/aws'
import { startFrame, type Frame, type Look } from '../frame/kit'

/** The built studio with an account of Claude at the simulators, and a Chromium beside it. */
export interface Desk extends Frame {
  aws: AwsSimulator
  /** Opens a page with the assistant's panel. */
  open(look?: Look): Promise<Page>
}

/** Addresses of the simulators, as a connection to Claude has them. */
export const addresses = ({ urls }: Pick<AwsSimulator, 'urls'>) => ({
  bedrockEndpoint: urls.bedrock,
  bedrockControlEndpoint: urls.bedrock,
  s3Endpoint: urls.s3,
  stsEndpoint: urls.sts,
  pathStyle: true,
})

/** `consent`: the person has agreed to sending. `connect`: there is an account. */
export async function startDesk({ consent = true, connect = true } = {}): Promise<Desk> {
  const aws = await startAws()
  const frame = await startFrame()
  const { accessKeyId, secretAccessKey } = aws.credential
  if (connect) {
    const { status, body } = await frame.studio.api('POST', '/connections', {
      provider: 'claude',
      label: 'Words',
      settings: addresses(aws),
      secrets: { accessKeyId, secretAccessKey },
      keep: 'session',
    })
    if (status !== 201) throw new Error(`no connection: ${JSON.stringify(body)}`)
  }
  if (consent) await frame.studio.api('PATCH', '/settings', { assistantConsent: true })
  return {
    ...frame,
    aws,
    async open(look) {
      const page = await frame.open(look)
      await openPanel(page)
      return page
    },
    async close() {
      await frame.close()
      await aws.close()
    },
  }
}

/** Opens the assistant's panel by its keys. */
export async function openPanel(page: Page): Promise<void> {
  await page.locator('[data-prompt] textarea').waitFor()
  await page.keyboard.press('Control+j')
  await page.locator('[data-first]').waitFor()
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
