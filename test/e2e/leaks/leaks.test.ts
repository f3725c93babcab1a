import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startAws, type AwsSimulator } from '../../simulators/aws'
import { launchChromium } from '../../support/chromium'
import { Places } from '../../support/leaks'
import { startStudio } from '../../support/studio'
import { connect, hasProc, keepPage, keepProcess, keepStorage, openApi } from './kit'

/** Nothing else in the world reads like these; one of each kind that an account has, and some that are refused. */
const planted = {
  accessKeyId: 'ASIALEAKPLANTED00001',
  secretAccessKey: 'leak+Planted/Secret/Access+Key/0000000=1',
  sessionToken: 'FwoGLeakPlantedSessionToken//////////wEaDPlanted+Tail/2026==',
  wrongKeyId: 'AKIALEAKMISTYPED0002',
  wrongSecret: 'leak+Mistyped/Secret/Access+Key/000000=2',
  proxyPassword: 'leak-planted-proxy-password-3',
}
/** No secret: what proves that a place was looked into at all. */
const prompt = 'A heron of leaktestmarker at dawn'

let folder: string
let aws: AwsSimulator
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  const { accessKeyId, secretAccessKey, sessionToken } = planted
  aws = await startAws({ credentials: [{ accessKeyId, secretAccessKey, sessionToken }], jobMs: 100 })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await aws.close()
  rmSync(folder, { recursive: true, force: true })
})

const start = (name: string, places: Places, env: Record<string, string> = {}) =>
  startStudio({
    dataDir: join(folder, name, 'data'),
    library: join(folder, name, 'library'),
    heard: (stream, chunk) => places.add(stream, chunk),
    // No session bus, so no keychain: what is asked to be kept there must be refused, not kept elsewhere.
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'none')}`, HOME: folder, ...env },
  })

/** The errors of services and of gateways before them sometimes repeat what they were sent. */
const echo = [
  `Refused ${planted.accessKeyId} with ${planted.secretAccessKey}`,
  `Authorization: AWS4-HMAC-SHA256 Credential=${planted.accessKeyId}/20261125/us-west-2/bedrock/aws4_request`,
  `x-amz-security-token: ${planted.sessionToken}`,
  `<a href="/login?token=${encodeURIComponent(planted.sessionToken)}">${planted.sessionToken}</a>`,
].join('\n')

const settings = () => ({
  bucket: aws.bucket,
  bedrockEndpoint: aws.urls.bedrock,
  bedrockControlEndpoint: aws.urls.bedrock,
  s3Endpoint: aws.urls.s3,
  stsEndpoint: aws.urls.sts,
  pathStyle: true,
})

/** Adds the account as a person does: typed, tested, refused by the keychain, kept for the session. */
async function addInPage(page: Page): Promise<void> {
  const field = (name: string | RegExp) =>
    page.getByRole('textbox', { name }).or(page.getByLabel(name)).first()
  await page.getByRole('navigation').getByRole('button', { name: 'Connections' }).click()
  await page.getByRole('button', { name: 'Fill in the form' }).click()
  await page.getByText('More settings').click()
  await field(/^Bucket/).fill(aws.bucket)
  await field('Access key ID').fill(planted.accessKeyId)
  await field('Secret access key').fill(planted.secretAccessKey)
  await field('Session token').fill(planted.sessionToken)
  await field('Bedrock endpoint').fill(aws.urls.bedrock)
  await field('Bedrock control endpoint').fill(aws.urls.bedrock)
  await field('S3 endpoint').fill(aws.urls.s3)
  await field('STS endpoint').fill(aws.urls.sts)
  await page.getByRole('switch', { name: /path/ }).click()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await page.getByText('Everything works.').waitFor()
  await page.getByRole('button', { name: 'Save connection' }).click()
  await page.getByRole('button', { name: 'Keep for this session only' }).click()
  await page.getByText(/ is saved/).waitFor()
}

it(
  'would leave a secret in a file, an answer, the page, the log or the process',
  { timeout: 300_000, retry: 0 },
  async () => {
    const places = new Places()
    const studio = await start('studio', places)
    const api = openApi(studio, places)
    const endFeed = await api.listen()
    const { client, close } = await connect(studio, places)
    const context = await browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    keepPage(page, places)
    await page.goto(studio.address)

    await addInPage(page)
    const { connections } = await client.connections.list()
    const id = connections[0]?.id ?? ''
    expect(connections[0]?.secrets).toMatchObject([
      { kept: 'session' },
      { kept: 'session' },
      { kept: 'session' },
    ])

    const { accessKeyId, secretAccessKey, sessionToken, wrongKeyId, wrongSecret, proxyPassword } = planted
    const secrets = { accessKeyId, secretAccessKey, sessionToken }
    const provider = 'luma-ray2'
    /** Runs the test of a connection to its end. */
    const tried = async (change: { id?: string; secrets?: Record<string, string> }) => {
      const states = []
      for await (const { state } of await client.connections.test({
        provider,
        settings: settings(),
        ...change,
      })) {
        states.push(state)
      }
      return states
    }
    const made = async () => {
      const asked = { model: 'luma-ray2', prompt, connectionId: id }
      await api.call('POST', '/jobs/preview', asked)
      await client.jobs.preview(asked)
      const { status, body } = await api.call('POST', '/jobs', asked)
      expect([status, body['code']]).toEqual([201, undefined])
      return (body['jobs'] as { id: string }[])[0]?.id ?? ''
    }
    const ended = async (job: string) => {
      await expect
        .poll(async () => (await client.jobs.get({ id: job })).state, { timeout: 40_000, interval: 200 })
        .toMatch(/completed|failed|needs_attention/)
      await api.call('GET', `/jobs/${job}`)
      return (await client.jobs.get({ id: job })).state
    }

    // What is refused on its way in.
    const refused = { provider, label: 'Refused', settings: settings() }
    expect((await api.call('POST', '/connections', { ...refused, secrets })).status).toBe(503)
    for (const wrong of [
      { ...refused, secrets, keep: 'session', settings: { ...settings(), bucket: '-' } },
      { ...refused, secrets, keep: 'session', settings: { ...settings(), secretAccessKey } },
      { ...refused, secrets, keep: 'session', accessKeyId },
      { ...refused, secrets: secretAccessKey, keep: 'session' },
    ]) {
      expect((await api.call('POST', '/connections', wrong)).status).toBe(400)
    }
    const proxyUrl = `http://me:${proxyPassword}@proxy.example.com:8080`
    expect((await api.call('PATCH', '/settings', { proxyMode: 'manual', proxyUrl })).status).toBe(400)

    // Tests that fail, each in its own words.
    expect(await tried({ id })).not.toContain('failed')
    expect(await tried({ secrets: { accessKeyId: wrongKeyId, secretAccessKey: wrongSecret } })).toContain(
      'failed',
    )
    expect(await tried({ secrets: { ...secrets, secretAccessKey: wrongSecret } })).toContain('failed')
    for (const operation of [
      'GetCallerIdentity',
      'GetFoundationModel',
      'HeadBucket',
      'PutObject',
      'GetObject',
    ] as const) {
      aws.faults.always(operation, { kind: 'error', status: 400, code: 'ValidationException', message: echo })
      await tried({ id })
      aws.faults.always(operation, null)
    }
    await client.connections.policy({ provider, settings: settings() })
    await client.connections.local({ provider })

    // Jobs: one that goes well, and one for each way of going wrong.
    expect(await ended(await made())).toBe('completed')
    aws.faults.add('StartAsyncInvoke', {
      kind: 'error',
      status: 400,
      code: 'ValidationException',
      message: echo,
    })
    expect(await ended(await made())).toBe('failed')
    aws.failNext(echo)
    expect(await ended(await made())).toBe('failed')
    aws.faults.add('GetAsyncInvoke', {
      kind: 'error',
      status: 500,
      code: 'InternalServerException',
      message: echo,
    })
    aws.faults.add('GetObject', { kind: 'error', status: 403, code: 'AccessDenied', message: echo })
    await ended(await made())
    aws.identities.expire(accessKeyId)
    const late = await made()
    await api.call('GET', `/connections/${id}/strays`)
    await expect.poll(() => aws.count('StartAsyncInvoke'), { timeout: 40_000 }).toBeGreaterThan(4)
    aws.identities.renew(accessKeyId)
    await client.connections.update({ id, secrets, keep: 'session' })
    await ended(late)

    for (const path of [
      '/jobs',
      '/connections',
      '/settings',
      '/usage',
      '/budget',
      '/providers',
      '/openapi.json',
    ]) {
      expect((await api.call('GET', path)).status).toBe(200)
    }
    await client.money.csv({})
    await client.studio.info()
    await page.getByRole('navigation').getByRole('button', { name: 'Queue' }).click()
    await page.getByRole('navigation').getByRole('button', { name: 'Gallery' }).click()
    await page.getByText('leaktestmarker').first().waitFor()
    await keepStorage(page, places)
    await page.getByRole('navigation').getByRole('button', { name: 'Connections' }).click()
    await page.getByRole('article').first().waitFor()
    await keepStorage(page, places)

    keepProcess(studio, places)
    places.addFolder('data', join(folder, 'studio', 'data'))
    places.addFolder('library', join(folder, 'studio', 'library'))
    await client.connections.update({ id, label: 'Renamed', enabled: false })
    await api.call('DELETE', `/connections/${id}`)
    await endFeed()
    close()
    await context.close()
    await studio.stop()
    places.addFolder('data', join(folder, 'studio', 'data'))
    places.addFolder('library', join(folder, 'studio', 'library'))

    const leaks = Object.entries(planted).flatMap(([name, secret]) =>
      places.find(secret).map((place) => `${name} in ${place}`),
    )
    expect(leaks).toEqual([])
    // A search that looked nowhere would find nothing either.
    const seen = places.find('leaktestmarker').map((place) => place.replace(/: [\w -]+$/, ''))
    for (const place of [
      'data/history.db',
      'RPC',
      'RPC of the page',
      'events',
      'GET /jobs',
      'POST /jobs',
      'the page',
    ]) {
      expect(seen, place).toContain(place)
    }
    expect(seen).toContainEqual(expect.stringMatching(/^library\/.*\.json$/))
    const all = places.names()
    for (const place of [
      'data/history.db-wal',
      'data/server.json',
      'data/logs/dailies.log',
      'storage of the page',
      ...(hasProc ? ['environ'] : []),
    ]) {
      expect(all, place).toContain(place)
    }
  },
)

it('would be searched in vain: what is planted on purpose is found, wherever it is', async () => {
  const { accessKeyId, secretAccessKey, sessionToken } = planted
  const places = new Places()
  const said = `data:text/javascript,console.error('${secretAccessKey}')`
  const studio = await start('control', places, {
    NODE_OPTIONS: `--import=${said}`,
    AWS_ACCESS_KEY_ID: accessKeyId,
  })
  keepProcess(studio, places)
  appendFileSync(
    join(folder, 'control', 'data', 'logs', 'dailies.log'),
    `{"body":"${Buffer.from(`a header: ${sessionToken} and more`).toString('base64')}"}\n`,
  )
  await studio.stop()
  places.addFolder('data', join(folder, 'control', 'data'))
  expect(places.find(accessKeyId)).toEqual(hasProc ? ['environ: plain'] : [])
  expect(places.find(secretAccessKey)).toContainEqual(expect.stringMatching(/^standard error: /))
  expect(places.find(sessionToken)).toEqual([expect.stringMatching(/^data\/logs\/dailies\.log: base64/)])
})
