import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startAws } from '../../simulators/aws'
import { startRunway } from '../../simulators/runway'
import { startStudio, type RunningStudio } from '../../support/studio'
import { picture } from '../composer/kit'

/** The built studio with a relay that reads images from links, and the bucket that they lie in meanwhile. */
async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [aws, runway] = await Promise.all([
    startAws(),
    startRunway({ behaviour: { pollsUntilDone: Number.POSITIVE_INFINITY } }),
  ])
  onTestFinished(async () => void (await Promise.all([aws.close(), runway.close()])))
  const start = () =>
    startStudio({
      dataDir: join(folder, 'data'),
      library: join(folder, 'library'),
      env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'none')}`, HOME: folder },
    })
  let studio: RunningStudio = await start()
  onTestFinished(async () => void (await studio.stop()))
  const { accessKeyId, secretAccessKey } = aws.credential
  const secrets = { hosting: { accessKeyId, secretAccessKey }, relay: { relayKey: runway.relayKey } }
  const connect = async (provider: string, settings: object, own: object) => {
    const account = { provider, label: provider, settings, secrets: own, keep: 'session' }
    const { status, body } = await studio.api('POST', '/connections', account)
    if (status !== 201) throw new Error(JSON.stringify(body))
    return String(body['id'])
  }
  const place = {
    signIn: 'keys',
    bucket: aws.bucket,
    region: aws.region,
    s3Endpoint: aws.urls.s3,
    pathStyle: true,
  }
  const hosting = await connect('image-hosting', place, secrets.hosting)
  const relay = await connect('runway', { kind: 'relay', relayUrl: runway.url }, secrets.relay)
  const { bytes } = await picture('frame.jpg', 640, 400, '#345')
  const asset = await studio.api('POST', '/assets', bytes)
  if (asset.status !== 201) throw new Error(JSON.stringify(asset.body))
  const assetId = String(asset.body['id'])
  return {
    runway,
    lying: () => aws.store.keys(aws.bucket),
    api: (method: string, path: string, body?: unknown) => studio.api(method, path, body),
    create: async () => {
      const { status, body } = await studio.api('POST', '/jobs', {
        model: 'runway-relay-gen4-turbo',
        connectionId: relay,
        prompt: 'A lighthouse',
        inputs: [{ role: 'first', assetId }],
        approved: { micros: 0, currency: 'USD' },
      })
      if (status !== 201) throw new Error(JSON.stringify(body))
      return String((body['jobs'] as { id: string }[])[0]?.id)
    },
    until: (id: string, state: string) =>
      expect
        .poll(async () => (await studio.api('GET', `/jobs/${id}`)).body['state'], { timeout: 30_000 })
        .toBe(state),
    /** Kills it at this instant and starts it anew; the keys, kept for one session, are entered again. */
    killed: async (meanwhile: () => void) => {
      await studio.kill()
      meanwhile()
      studio = await start()
      await studio.api('PATCH', `/connections/${hosting}`, { secrets: secrets.hosting })
      await studio.api('PATCH', `/connections/${relay}`, { secrets: secrets.relay })
    },
  }
}

test('killed while a service reads an image from its link: it lies there until the job has ended, and no longer', async () => {
  const { runway, create, until, lying, killed } = await open()
  const id = await create()
  await until(id, 'processing')
  const [key] = lying()
  expect(lying()).toHaveLength(1)
  await killed(() => expect(lying()).toEqual([key]))
  await until(id, 'processing')
  expect(lying()).toEqual([key])
  runway.finish()
  await until(id, 'completed')
  await expect.poll(lying, { timeout: 20_000 }).toEqual([])
})

test('killed when nobody can say whether the request arrived: the image goes once the person has let the job rest', async () => {
  const { runway, create, until, lying, killed, api } = await open()
  const held = runway.hold('create')
  const id = await create()
  await held.reached
  await killed(held.release)
  await until(id, 'needs_attention')
  expect(lying()).toHaveLength(1)
  expect((await api('POST', `/jobs/${id}/resolve`, { how: 'dismiss' })).status).toBe(200)
  await expect.poll(lying, { timeout: 20_000 }).toEqual([])
})
