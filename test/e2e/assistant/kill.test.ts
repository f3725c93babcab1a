import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Exchange } from '../../../src/shared/contract'
import { startAws, type AwsSimulator } from '../../simulators/aws'
import { awsHome } from '../../support/awsHome'
import { launchChromium } from '../../support/chromium'
import { tempFolder } from '../../support/folder'
import { startStudio, type RunningStudio } from '../../support/studio'
import { addresses, assistant, openPanel } from './kit'

const model = 'global.anthropic.claude-haiku-5-5'

let aws: AwsSimulator
let browser: Browser
beforeAll(async () => {
  aws = await startAws()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await aws.close()
})

/** Folders of a studio that outlive it, with an account whose keys do, too. */
async function openLife() {
  const folders = { dataDir: tempFolder(), library: tempFolder(), env: { HOME: awsHome(aws) } }
  const studio = await startStudio(folders)
  const { status, body } = await studio.api('POST', '/connections', {
    provider: 'claude',
    label: 'Words',
    settings: { ...addresses(aws), signIn: 'profile', profile: 'sim' },
  })
  expect(status, JSON.stringify(body)).toBe(201)
  await studio.api('PATCH', '/settings', { assistantConsent: true })
  return { studio, again: () => startStudio(folders), connectionId: String(body['id']) }
}

/** Asks and reads nothing of the answer; ends with the studio. */
function asking(studio: RunningStudio, connectionId: string) {
  return fetch(`${studio.origin}/api/assistant/ask`, {
    method: 'POST',
    headers: { authorization: `Bearer ${studio.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ connectionId, model, action: 'improve', prompt: 'A kite' }),
  }).then(
    (answer) => answer.text().catch(() => ''),
    () => '',
  )
}

async function exchanges(studio: RunningStudio): Promise<Exchange[]> {
  const { body } = await studio.api('GET', '/assistant/conversations')
  const [one] = body['conversations'] as { id: string }[]
  if (one === undefined) return []
  const conversation = await studio.api('GET', `/assistant/conversations/${one.id}`)
  return conversation.body['history'] as Exchange[]
}

const usage = async (studio: RunningStudio) => {
  const { body } = await studio.api('GET', '/usage')
  return (body['rows'] as Record<string, unknown>[])[0]
}

describe('a studio that is killed', () => {
  it('in the middle of an answer would lose the words that came, or count them as nothing', async () => {
    const { studio, again } = await openLife()
    const context = await browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(studio.address)
    await openPanel(page)
    const { prompt, line, panel } = assistant(page)
    await prompt.fill('A kite')
    await panel.getByText(/^At most \$/).waitFor()
    aws.claude.script({ words: ['Slow ', 'dolly'], breaks: { after: 2, kind: 'silence' } })
    await line.press('Enter')
    await panel.getByText('Slow dolly').waitFor()
    await expect.poll(async () => (await exchanges(studio))[0]?.answer).toBe('Slow dolly')
    await studio.kill()
    await context.close()

    const next = await again()
    const [kept] = await exchanges(next)
    expect(kept).toMatchObject({ state: 'broken', answer: 'Slow dolly', charged: 'unknown', cost: null })
    expect(await usage(next)).toMatchObject({ spent: 0, unknown: kept?.estimate?.micros, reserved: 0 })
    const fresh = await browser.newContext({ locale: 'en-GB' })
    const seen = await fresh.newPage()
    await seen.goto(next.address)
    await openPanel(seen)
    const after = assistant(seen)
    await after.tab('Conversations').click()
    await after.panel.getByRole('listitem').first().getByRole('button').first().click()
    await after.panel.getByText('Dailies ended while the answer was coming.').waitFor()
    aws.claude.script({ words: [' in.'], usage: { inputTokens: 1000, outputTokens: 100 } })
    await after.button('Go on').click()
    await after.panel.getByText('Slow dolly in.').waitFor()
    // What went on is known, what was cut off is not and stays so.
    await expect.poll(() => usage(next)).toMatchObject({ spent: 150, unknown: kept?.estimate?.micros })
    await fresh.close()
    expect(await next.stop()).toBe(0)
  })

  it('before the first word would say that it cost nothing, or ask a second time by itself', async () => {
    const { studio, again, connectionId } = await openLife()
    const before = aws.count('ConverseStream')
    const hold = aws.faults.hold('ConverseStream', 'after')
    const asked = asking(studio, connectionId)
    await hold.reached
    await studio.kill()
    hold.release()
    await asked
    const next = await again()
    expect(await exchanges(next)).toMatchObject([
      { state: 'broken', answer: '', prompt: 'A kite', charged: 'unknown', tries: 1 },
    ])
    expect(aws.count('ConverseStream')).toBe(before + 1)
    await next.stop()
  })

  it('while it waits out a throttle would count the refused call as if it may have been charged', async () => {
    const { studio, again, connectionId } = await openLife()
    aws.faults.add('ConverseStream', { kind: 'throttle', retryAfter: 60 })
    const refused = aws.count('ConverseStream') + 1
    const asked = asking(studio, connectionId)
    await expect.poll(() => aws.count('ConverseStream')).toBe(refused)
    await expect.poll(async () => (await exchanges(studio))[0]?.charged).toBe('no')
    await studio.kill()
    await asked
    const next = await again()
    expect(await exchanges(next)).toMatchObject([{ state: 'failed', answer: '', charged: 'no' }])
    await next.stop()
  })
})
