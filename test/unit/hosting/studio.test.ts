import { createRouterClient } from '@orpc/server'
import { expect, onTestFinished, test } from 'vitest'
import { createStudio } from '../../../src/main/studio'
import { startAws } from '../../simulators/aws'
import { startJimeng } from '../../simulators/jimeng'
import { hurriedClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { studioPorts } from '../../support/ports'
import { makeMp4 } from '../../support/video'
import { picture } from '../assets/pictures'

const video = await makeMp4({ width: 1280, height: 720, fps: 24, frames: 24, frameBytes: 2000 })

/** A studio with an account at a relay, which reads images from addresses, and a store of S3. */
async function openStudio() {
  const aws = await startAws()
  onTestFinished(() => aws.close())
  const relay = await startJimeng({ video, readsImages: true })
  onTestFinished(() => relay.close())
  const folder = tempFolder()
  const studio = await createStudio(
    studioPorts(folder, {
      // Not too far ahead of the store's time, which signatures are held against.
      clock: hurriedClock(20),
      random: seededRandom(),
    }),
  )
  onTestFinished(() => studio.close())
  const client = createRouterClient(studio.router)
  const account = await client.connections.create({
    provider: 'jimeng',
    label: 'Relay',
    settings: { kind: 'relay', relayUrl: relay.url },
    secrets: { relayKey: relay.relayKey },
    keep: 'session',
  })
  const { accessKeyId, secretAccessKey } = aws.credential
  const host = (label: string) =>
    client.connections.create({
      provider: 'image-hosting',
      label,
      settings: { bucket: aws.bucket, region: aws.region, s3Endpoint: aws.urls.s3, pathStyle: true },
      secrets: { accessKeyId, secretAccessKey },
      keep: 'session',
    })
  const image = await studio.assets.import({
    name: 'lighthouse.png',
    bytes: await picture(1024, 768).png().toBuffer(),
  })
  const wish = {
    model: 'jimeng-relay',
    prompt: 'A lighthouse',
    connectionId: account.id,
    inputs: [{ role: 'reference' as const, assetId: image.id }],
  }
  const make = async () => {
    const { jobs } = await client.jobs.create({ ...wish, approved: { micros: 0, currency: 'USD' } })
    return jobs[0]?.id ?? ''
  }
  const state = async (id: string) => (await client.jobs.get({ id })).state
  return { aws, relay, client, account, host, image, wish, make, state }
}

test('an image goes to the hosting, is read from there by the service, and is gone when the job has ended', async () => {
  const { aws, relay, client, host, image, make, state } = await openStudio()
  await host('Images')
  const id = await make()
  await expect.poll(() => state(id), { timeout: 15_000 }).toBe('completed')
  expect(relay.state.read).toMatchObject([{ type: 'image/png', bytes: image.bytes }])
  await expect.poll(() => aws.store.keys(aws.bucket), { timeout: 5000 }).toEqual([])
  expect(aws.count('PutObject')).toBe(1)
  // The link itself is of no use to anybody who reads the history.
  const told = JSON.stringify(await client.jobs.get({ id }))
  expect(told).not.toContain('X-Amz-Signature')
})

test('without a hosting the job is refused before anything is made, charged or put anywhere', async () => {
  const { aws, relay, client, wish, make } = await openStudio()
  await expect(make()).rejects.toMatchObject({ data: { key: 'hosting.none' } })
  await expect(client.jobs.preview(wish)).rejects.toMatchObject({
    data: { issues: [{ path: ['inputs', 0], key: 'hosting.none' }] },
  })
  expect(relay.billable()).toBe(0)
  expect(aws.requests()).toEqual([])
  const { inputs: _none, ...words } = wish
  expect((await client.jobs.preview(words)).count).toBe(1)
})

test('of two hostings neither is guessed; the account names one', async () => {
  const { client, account, host, wish } = await openStudio()
  const one = await host('One')
  await host('Two')
  await expect(client.jobs.preview(wish)).rejects.toMatchObject({ data: { key: 'hosting.none' } })
  await client.connections.update({ id: account.id, settings: { ...account.settings, hosting: one.id } })
  expect((await client.jobs.preview(wish)).count).toBe(1)
  await client.connections.remove({ id: one.id })
  await expect(client.jobs.preview(wish)).rejects.toMatchObject({ data: { key: 'hosting.none' } })
})

test('a hosting that refuses fails the job in its own words, not sent and not charged', async () => {
  const { aws, relay, client, host, make, state } = await openStudio()
  await host('Images')
  aws.identities.deny(aws.credential.accessKeyId, 's3:PutObject')
  const id = await make()
  await expect.poll(() => state(id), { timeout: 10_000 }).toBe('failed')
  const job = await client.jobs.get({ id })
  expect(job).toMatchObject({ charged: 'no', error: { code: 'permission', key: 'hosting.denied' } })
  expect(relay.requests('create')).toEqual([])
})

test('a service that repeats the link it was sent does not bring it into the history', async () => {
  const { aws, client, host, make, state } = await openStudio()
  await host('Images')
  // The link itself is refused when the service reads it.
  aws.identities.deny(aws.credential.accessKeyId, 's3:GetObject')
  const id = await make()
  await expect.poll(() => state(id), { timeout: 10_000 }).toBe('failed')
  const job = await client.jobs.get({ id })
  expect(job.error?.key).toBe('jimeng.relayRefused')
  expect(job.errorRaw).toContain('/dailies-images/')
  const [seen] = aws.requests('GetObject')
  const signature = new URL(seen?.url ?? '', aws.urls.s3).searchParams.get('X-Amz-Signature') ?? ''
  expect(signature).toMatch(/^[0-9a-f]{64}$/)
  expect(JSON.stringify(job)).not.toContain(signature)
})

test('image hosting is an account like others in the list of what can be connected, without a model', async () => {
  const { client } = await openStudio()
  const { providers } = await client.providers.list()
  const hosting = providers.find(({ id }) => id === 'image-hosting')
  expect(hosting).toMatchObject({ models: [], connection: { policy: true, local: true } })
  // Whoever reads images from addresses lets its accounts name a hosting.
  for (const { models, connection } of providers) {
    if (!models.some(({ inputs }) => inputs.some(({ sent }) => sent === 'address'))) continue
    expect(connection?.settings['properties']).toHaveProperty('hosting')
  }
})
