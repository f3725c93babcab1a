import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobDetail, JobRow } from '../../../src/shared/contract'
import { spawnAws, type AwsProcess } from '../../simulators/aws'
import { awsSettings } from '../../support/awsHome'
import { videosIn } from '../../support/sound'
import { startFrame, type Frame } from '../frame/kit'

let aws: AwsProcess
let frame: Frame
let connectionId: string
beforeAll(async () => {
  aws = await spawnAws({ jobMs: 200 })
  frame = await startFrame()
  const { accessKeyId, secretAccessKey } = aws.credential
  const { status, body } = await frame.studio.api('POST', '/connections', {
    provider: 'luma-ray2',
    label: 'Simulated',
    // One attempt a request, so that a fault is met by the request it is meant for.
    settings: { ...awsSettings(aws), signIn: 'keys', transport: 'http' },
    secrets: { accessKeyId, secretAccessKey },
    keep: 'session',
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  connectionId = String(body['id'])
})
afterAll(async () => {
  await frame.close()
  await aws.close()
})

async function make(prompt: string): Promise<string> {
  const { status, body } = await frame.studio.api('POST', '/jobs', {
    model: 'luma-ray2',
    connectionId,
    prompt,
    approved: { micros: 1_000_000_000, currency: 'USD' },
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return (body['jobs'] as JobRow[])[0]?.id ?? ''
}

const job = async (id: string) => (await frame.studio.api('GET', `/jobs/${id}`)).body as unknown as JobDetail
const reaches = (id: string, state: JobRow['state']) =>
  expect.poll(async () => (await job(id)).state, { timeout: 60_000, interval: 100 }).toBe(state)

/** Begun by the service, of which neither an answer nor a look at the list nor a second request tells. */
async function lose(): Promise<void> {
  const denied = { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'No list' } as const
  const refused = { kind: 'error', status: 400, code: 'ValidationException', message: 'No' } as const
  await aws.command({ do: 'fault', operation: 'StartAsyncInvoke', fault: { kind: 'drop_after' } })
  await aws.command({ do: 'fault', operation: 'StartAsyncInvoke', fault: refused })
  await aws.command({ do: 'always', operation: 'ListAsyncInvokes', fault: denied })
}

describe('a job of which nobody can say whether it was charged', () => {
  it('would have no way out: checked again it is found and fetched, and billed once', async () => {
    await lose()
    const id = await make('A lighthouse at dusk')
    await reaches(id, 'needs_attention')
    await aws.command({ do: 'clear_faults' })
    const page = await frame.open()
    await page.getByRole('gridcell', { name: /A lighthouse at dusk/ }).click()
    await page.getByRole('complementary').getByText('may have been charged').first().waitFor()
    const inspector = page.getByRole('complementary')
    // First what settles it; what would be paid for once more stands after it and says so.
    const ways = (await inspector.getByRole('button').allInnerTexts()).filter((words) => words !== '')
    expect(ways[0]).toBe('Check again')
    expect(ways).toContain('Retry as a new paid job')
    expect(ways).not.toContain('Retry')
    await inspector.getByRole('button', { name: 'Retry as a new paid job' }).click()
    await page.getByRole('alertdialog').getByText('Pay for a new job?').waitFor()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
    await inspector.getByRole('button', { name: 'Check again' }).click()
    await reaches(id, 'completed')
    await page.getByRole('complementary').locator('video').waitFor()
    expect((await aws.state()).billable).toBe(1)
    await page.context().close()
  })

  it('would be shown as not charged once it was let rest', async () => {
    await lose()
    const id = await make('A paper boat')
    await reaches(id, 'needs_attention')
    await aws.command({ do: 'clear_faults' })
    const page = await frame.open()
    await page.getByRole('gridcell', { name: /A paper boat/ }).click()
    await page.getByRole('complementary').getByRole('button', { name: 'Let it rest' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Let it rest' }).click()
    await reaches(id, 'failed')
    expect((await job(id)).charged).toBe('unknown')
    await page.context().close()
  })

  it('would be paid for and lost when the person stopped waiting and AWS went on', async () => {
    await aws.command({ do: 'job_ms', ms: null })
    const id = await make('A heron lifts off')
    await reaches(id, 'processing')
    const page = await frame.open()
    await page.getByRole('gridcell', { name: /A heron lifts off/ }).click()
    const inspector = page.getByRole('complementary')
    await inspector.getByRole('button', { name: 'Stop waiting' }).click()
    await reaches(id, 'cancelled')
    const submits = (await aws.state()).billable
    await aws.command({ do: 'finish' })
    await aws.command({ do: 'job_ms', ms: 200 })
    await inspector.getByRole('button', { name: 'Go on waiting' }).click()
    await reaches(id, 'completed')
    await inspector.locator('video').waitFor()
    expect((await aws.state()).billable).toBe(submits)
    expect(await job(id)).toMatchObject({ charged: 'yes', costKind: 'computed' })
    await page.context().close()
  })

  it('would be lost with its file although the service still has it', async () => {
    const id = await make('A kite over the dunes')
    await reaches(id, 'completed')
    const file = (await job(id)).file ?? ''
    const submits = (await aws.state()).billable
    rmSync(join(frame.library, file))
    const page = await frame.open()
    await page.getByRole('gridcell', { name: /A kite over the dunes/ }).click()
    await page.getByRole('complementary').getByRole('button', { name: 'Fetch again' }).click()
    await expect.poll(() => videosIn(frame.library)).toContain(file)
    await reaches(id, 'completed')
    expect((await aws.state()).billable).toBe(submits)
    await page.context().close()
  })
})
