import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startRunway, type RunwayOptions } from '../../simulators/runway'
import { startStudio, type RunningStudio } from '../../support/studio'

/** The built studio beside the simulator, which outlives it. */
async function open(options: RunwayOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const runway = await startRunway(options)
  onTestFinished(() => runway.close())
  const start = () =>
    startStudio({
      dataDir: join(folder, 'data'),
      library: join(folder, 'library'),
      env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'none')}`, HOME: folder },
    })
  let studio: RunningStudio = await start()
  onTestFinished(async () => void (await studio.stop()))
  const connection = await studio.api('POST', '/connections', {
    provider: 'runway',
    label: 'Studio',
    settings: { baseUrl: runway.url },
    secrets: { apiKey: runway.apiKey },
    keep: 'session',
  })
  const connectionId = String(connection.body['id'])
  const job = async (id: string) => (await studio.api('GET', `/jobs/${id}`)).body
  return {
    runway,
    job,
    create: async () => {
      const wish = { model: 'runway-gen4-5', connectionId, prompt: 'A lighthouse' }
      const { body } = await studio.api('POST', '/jobs', wish)
      return String((body['jobs'] as { id: string }[])[0]?.id)
    },
    /** Kills it at this instant and starts it anew; the key, kept for one session, is entered again. */
    killed: async (meanwhile: () => void) => {
      await studio.kill()
      meanwhile()
      studio = await start()
      await studio.api('PATCH', `/connections/${connectionId}`, { secrets: { apiKey: runway.apiKey } })
    },
    until: (id: string, state: string) =>
      expect.poll(async () => (await job(id))['state'], { timeout: 30_000 }).toBe(state),
  }
}

test('killed between the create and its answer: put before the person, and never made a second time', async () => {
  const { runway, create, killed, until, job } = await open()
  const held = runway.hold('create')
  const id = await create()
  await held.reached
  await killed(held.release)
  await until(id, 'needs_attention')
  expect(await job(id)).toMatchObject({ charged: 'unknown', error: { key: 'job.attention' } })
  expect(runway.of('create').length).toBe(1)
  expect(runway.tasks.length).toBe(1)
})

test('killed while the task runs: it is the same task that is asked for and fetched', async () => {
  const { runway, create, killed, until, job } = await open({
    behaviour: { pollsUntilDone: Number.POSITIVE_INFINITY },
  })
  const id = await create()
  await until(id, 'processing')
  await killed(() => runway.finish())
  await until(id, 'completed')
  expect(await job(id)).toMatchObject({ cost: { micros: 600_000, currency: 'USD' }, charged: 'yes' })
  expect(runway.of('create').length).toBe(1)
})
