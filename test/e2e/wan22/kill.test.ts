import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { JobRow } from '../../../src/shared/contract'
import { startWan22 } from '../../simulators/wan22'
import { tempFolder } from '../../support/folder'
import { partsIn, videosIn } from '../../support/sound'
import { startStudio, type RunningStudio } from '../../support/studio'

const clip = new Uint8Array(readFileSync(join(import.meta.dirname, '../../fixtures/clip.mp4')))

async function scene() {
  const simulator = await startWan22({ video: clip, pieces: 2000, open: true })
  onTestFinished(() => simulator.close())
  const folder = tempFolder()
  const places = { dataDir: join(folder, 'data'), library: join(folder, 'videos') }
  const start = async () => {
    const studio = await startStudio(places)
    onTestFinished(() => studio.kill())
    return studio
  }
  const studio = await start()
  const { body: account } = await studio.api('POST', '/connections', {
    provider: 'wan22',
    label: 'Mine',
    settings: { address: simulator.address, auth: 'none' },
  })
  const make = async () => {
    const { body } = await studio.api('POST', '/jobs', {
      model: 'wan22-ti2v-5b',
      connectionId: account['id'],
      prompt: 'A lighthouse',
      approved: { micros: 0, currency: 'USD' },
    })
    return (body as { jobs: JobRow[] }).jobs[0]?.id ?? ''
  }
  return { simulator, studio, make, start, ...places }
}

const stateOf = async (studio: RunningStudio, id: string) =>
  (await studio.api('GET', `/jobs/${id}`)).body as unknown as JobRow

test.each(['run', 'answer'] as const)(
  'killed in the middle of the %s: the job asks for the person, is run once, and nothing half is left',
  async (at) => {
    const { simulator, studio, make, start, dataDir, library } = await scene()
    const held = simulator.hold(at)
    const id = await make()
    await held.reached
    await expect.poll(async () => (await stateOf(studio, id)).state, { timeout: 15_000 }).toBe('processing')
    await studio.kill()
    held.release()
    const next = await start()
    await expect
      .poll(async () => (await stateOf(next, id)).state, { timeout: 15_000 })
      .toBe('needs_attention')
    expect(await stateOf(next, id)).toMatchObject({ charged: 'unknown', error: { key: 'wan22.closed' } })
    expect(simulator.runs).toBe(1)
    expect(await readdir(join(dataDir, 'held'))).toEqual([])
    expect([...partsIn(library), ...videosIn(library)]).toEqual([])
  },
)
