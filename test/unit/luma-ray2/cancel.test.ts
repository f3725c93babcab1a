import { createRouterClient } from '@orpc/server'
import { expect, onTestFinished, test } from 'vitest'
import { createStudio } from '../../../src/main/studio'
import { startAws } from '../../simulators/aws'
import { hurriedClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { studioPorts } from '../../support/ports'

/** A studio whose account at the simulators may submit but not list. */
async function openUnlisted() {
  const aws = await startAws({ jobMs: Number.POSITIVE_INFINITY })
  onTestFinished(() => aws.close())
  aws.identities.deny(aws.credential.accessKeyId, 'bedrock:ListAsyncInvokes')
  const ports = studioPorts(tempFolder(), { clock: hurriedClock(20), random: seededRandom() })
  const studio = await createStudio(ports)
  onTestFinished(() => studio.close())
  const client = createRouterClient(studio.router)
  const { accessKeyId, secretAccessKey } = aws.credential
  const { id: connectionId } = await client.connections.create({
    provider: 'luma-ray2',
    label: 'Studio',
    settings: { bucket: aws.bucket, bedrockEndpoint: aws.urls.bedrock, transport: 'http' },
    secrets: { accessKeyId, secretAccessKey },
    keep: 'session',
  })
  const { jobs } = await client.jobs.create({ model: 'luma-ray2', prompt: 'Rain', connectionId })
  return { aws, client, id: jobs[0]?.id ?? '' }
}

test('cancelled before its answer came, where nobody may list: not said to be free', async () => {
  const { aws, client, id } = await openUnlisted()
  const held = aws.faults.hold('StartAsyncInvoke', 'after')
  await held.reached
  expect(aws.billable()).toBe(1)
  await client.jobs.cancel({ id })
  await expect.poll(async () => (await client.jobs.get({ id })).state, { timeout: 10_000 }).toBe('cancelled')
  held.release()
  expect((await client.jobs.get({ id })).charged).toBe('unknown')
})

test('back in the queue after a lost answer, where nobody may list: cancelled there, not said to be free', async () => {
  const { aws, client, id } = await openUnlisted()
  aws.faults.add('StartAsyncInvoke', { kind: 'drop_after' })
  await aws.until(() => aws.count('StartAsyncInvoke') === 1)
  await client.queue.pause()
  await expect.poll(async () => (await client.jobs.get({ id })).state, { timeout: 10_000 }).toBe('queued')
  await client.jobs.cancel({ id })
  expect(aws.billable()).toBe(1)
  expect(await client.jobs.get({ id })).toMatchObject({ state: 'cancelled', charged: 'unknown' })
})
