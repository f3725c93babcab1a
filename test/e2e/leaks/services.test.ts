import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { JobRow } from '../../../src/shared/contract'
import { tempFolder } from '../../support/folder'
import { Places } from '../../support/leaks'
import { startStudio } from '../../support/studio'
import { startServices, type Service } from '../services'
import { connect, hasProc, keepProcess, openApi } from './kit'

const ends = ['completed', 'failed', 'needs_attention']
/** No secret: what proves that a place was looked into at all. */
const marker = 'leaktestmarker'

it(
  'would leave a key of any service in a file, an answer, an event, the log or the process',
  { timeout: 300_000, retry: 0 },
  async () => {
    const services = await startServices()
    const folder = tempFolder()
    const folders = { dataDir: join(folder, 'data'), library: join(folder, 'library') }
    const places = new Places()
    const studio = await startStudio({
      ...folders,
      heard: (stream, chunk) => places.add(stream, chunk),
      // No session bus, so no keychain: what is asked to be kept there must be refused, not kept elsewhere.
      env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'none')}`, HOME: folder },
    })
    const api = openApi(studio, places)
    const endFeed = await api.listen()
    const { client, close } = await connect(studio, places)

    for (const service of services) await use(service, api, client)

    for (const path of ['/jobs', '/connections', '/settings', '/usage', '/providers', '/openapi.json']) {
      expect((await api.call('GET', path)).status).toBe(200)
    }
    await client.money.csv({})
    keepProcess(studio, places)
    for (const [name, path] of Object.entries(folders)) places.addFolder(name, path)
    await endFeed()
    close()
    await studio.stop()
    for (const [name, path] of Object.entries(folders)) places.addFolder(name, path)

    const leaks = services.flatMap(({ provider, secrets }) =>
      Object.entries(secrets).flatMap(([name, secret]) =>
        places.find(secret).map((place) => `${name} of ${provider} in ${place}`),
      ),
    )
    expect(leaks).toEqual([])
    // A search that looked nowhere would find nothing either.
    const seen = places.find(marker).map((place) => place.replace(/: [\w -]+$/, ''))
    expect(seen).toEqual(expect.arrayContaining(['dataDir/history.db', 'RPC', 'events', 'GET /jobs']))
    expect(places.names()).toEqual(
      expect.arrayContaining(['dataDir/logs/dailies.log', ...(hasProc ? ['environ'] : [])]),
    )
  },
)

/** Everything that an account's keys pass through: refused and kept, tested, a job that goes well and two that do not. */
async function use(
  { provider, model, settings, secrets, params, refuse }: Service,
  api: ReturnType<typeof openApi>,
  client: Awaited<ReturnType<typeof connect>>['client'],
): Promise<void> {
  const wanted = { provider, label: provider, settings, secrets }
  const kept = await api.call('POST', '/connections', wanted)
  const { status, body } = await api.call('POST', '/connections', { ...wanted, keep: 'session' })
  const connectionId = String(body['id'])
  const asked = { model, prompt: `A heron of ${marker}`, connectionId, ...(params ? { params } : {}) }
  const approved = { micros: 1_000_000_000, currency: 'USD', overBudget: true }
  const tried = async (draft: Parameters<typeof client.connections.test>[0]) => {
    const states: string[] = []
    for await (const { state } of await client.connections.test(draft)) states.push(state)
    return states
  }
  const states = await tried({ id: connectionId, provider, settings })
  const wrong = Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, `${secret}x`]))
  // Refused by the form of one, by the service for others: either way not with the key in its mouth.
  await tried({ provider, settings, secrets: wrong }).catch(() => [])
  await api.call('POST', '/jobs/preview', asked)
  const ended: string[] = []
  // Services, and gateways before them, sometimes repeat what they were sent.
  const words = Object.values(secrets).map((secret) => `${secret} ${encodeURIComponent(secret)}`)
  for (const echo of [null, `Refused: ${words.join(' ')}`]) {
    if (echo !== null) refuse(echo)
    const made = await api.call('POST', '/jobs', { ...asked, approved })
    const [job] = made.body['jobs'] as JobRow[]
    const id = job?.id ?? ''
    const state = async () => (await client.jobs.get({ id })).state
    await expect
      .poll(state, { timeout: 40_000, interval: 100 })
      .toSatisfy((now) => ends.includes(String(now)))
    ended.push(await state())
    await api.call('GET', `/jobs/${id}`)
  }
  expect([provider, kept.status, status, states.includes('failed'), ...ended]).toEqual([
    provider,
    503,
    201,
    false,
    'completed',
    'failed',
  ])
}
