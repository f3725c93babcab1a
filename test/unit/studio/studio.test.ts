import { createRouterClient } from '@orpc/server'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { StudioPorts } from '../../../src/main/ports'
import { createStudio } from '../../../src/main/studio'
import { ManualClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { bareDesk, studioPorts } from '../../support/ports'
import { bringVideo } from '../../support/sidecar'

function ports(folder: string, change: Partial<StudioPorts> = {}): StudioPorts {
  return studioPorts(folder, { clock: new ManualClock(), random: seededRandom(), ...change })
}

/** The contract, called without any wire in between. */
async function openStudio(given: StudioPorts) {
  const studio = await createStudio(given)
  return { studio, client: createRouterClient(studio.router) }
}

test('starts with no key and no network, with a model to try', async () => {
  const { studio, client } = await openStudio(ports(tempFolder()))
  const { providers } = await client.providers.list()
  expect(
    providers.filter((one) => one.offline && !one.needsConnection).flatMap((one) => one.models),
  ).not.toEqual([])
  expect(await client.studio.info()).toMatchObject({ version: '1.2.3', notices: [] })
  await studio.close()
})

test('what was made and chosen is there again after a restart', async () => {
  const given = ports(tempFolder())
  const first = await openStudio(given)
  const { jobs } = await first.client.jobs.create({ model: 'animatic', prompt: 'Two herons' })
  await first.client.settings.set({ theme: 'light' })
  await first.studio.close()
  expect(readdirSync(given.paths.dataDir).filter((name) => name.endsWith('-wal'))).toEqual([])

  const second = await openStudio({ ...given, random: seededRandom(2) })
  const [id = ''] = jobs.map((job) => job.id)
  expect(await second.client.jobs.get({ id })).toMatchObject({ prompt: 'Two herons' })
  expect((await second.client.settings.get()).theme).toBe('light')
  await second.studio.close()
})

test('--library is for this run: the chosen folder is back in the next', async () => {
  const folder = tempFolder()
  const given = ports(folder)
  const override = join(folder, 'elsewhere')
  const first = await openStudio(ports(folder, { paths: { ...given.paths, libraryOverride: override } }))
  expect((await first.client.library.status()).path).toBe(override)
  await first.studio.close()
  const second = await openStudio(given)
  expect((await second.client.library.status()).path).toBe(given.paths.defaultLibrary)
  await second.studio.close()
})

test('without dialogs a missing path is a field to fill, not a failure', async () => {
  const { studio, client } = await openStudio(ports(tempFolder()))
  await expect(client.library.setFolder({})).rejects.toMatchObject({
    code: 'invalid_request',
    data: { issues: [{ path: ['path'], key: 'field.required' }] },
  })
  await studio.close()
})

test('with dialogs a closed one changes nothing', async () => {
  const folder = tempFolder()
  const dialogs = {
    pickFolder: () => Promise.resolve(null),
    pickVideo: () => Promise.resolve(null),
    saveAs: () => Promise.resolve(null),
  }
  const { studio, client } = await openStudio(ports(folder, { desk: { ...bareDesk, dialogs } }))
  expect(await client.library.setFolder({})).toBeNull()
  expect((await client.library.status()).path).toBe(join(folder, 'videos'))
  await studio.close()
})

test('a job without a video cannot be shown, opened, exported or dragged', async () => {
  const { studio, client } = await openStudio(
    ports(tempFolder(), { desk: { ...bareDesk, dragOut: () => {} } }),
  )
  const { jobs } = await client.jobs.create({ model: 'animatic', prompt: 'Not yet' })
  const [id = ''] = jobs.map((job) => job.id)
  for (const call of [
    client.library.reveal({ id }),
    client.library.open({ id }),
    client.library.export({ id, path: '/nowhere/a.mp4' }),
    client.library.dragOut({ ids: [id] }),
  ]) {
    await expect(call).rejects.toMatchObject({ code: 'conflict', data: { key: 'video.notYet' } })
  }
  await studio.close()
})

test('a rebuilt library has its posters made at once, not at the next start', async () => {
  const folder = tempFolder()
  const given = ports(folder)
  const id = '01890000-0000-7000-8000-000000000001'
  bringVideo({
    library: join(folder, 'videos'),
    id,
    name: 'fox',
    prompt: 'A fox',
    params: { duration: 4, seed: 7 },
    favourite: true,
  })
  const { studio, client } = await openStudio(given)
  const orders = await client.media.orders({ worker: 'page-0001' })
  const order = orders.next()
  expect(await client.library.rebuild()).toEqual({ found: 1, added: 1, unreadable: 0 })
  expect((await order).value).toMatchObject({ type: 'start', task: { jobId: id } })
  expect(await client.jobs.get({ id })).toMatchObject({
    state: 'completed',
    prompt: 'A fox',
    params: { duration: 4, seed: 7 },
    favourite: true,
    file: '2026-11/fox.mp4',
  })
  await orders.return?.(undefined)
  await studio.close()
})

test('a notice that was put away stays away for this run', async () => {
  const { studio, client } = await openStudio(ports(tempFolder()))
  const notice = { id: 'n1', level: 'info' as const, key: 'k', message: 'm', values: {} }
  studio.events.publish({ type: 'notice', notice })
  expect((await client.studio.info()).notices).toEqual([notice])
  await client.studio.dismissNotice({ id: 'n1' })
  expect((await client.studio.info()).notices).toEqual([])
  await studio.close()
})

test('a data folder that cannot be used is refused and leaves no database open', async () => {
  const folder = tempFolder()
  const given = ports(folder)
  const blocked = ports(folder, { paths: { ...given.paths, dataDir: join(import.meta.filename, 'data') } })
  await expect(createStudio(blocked)).rejects.toThrow(/data folder|ENOTDIR|not a directory|EEXIST/i)
  const { studio } = await openStudio(given)
  await studio.close()
  expect(existsSync(join(given.paths.dataDir, 'history.db'))).toBe(true)
})
