import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FilePathSource, Input, MP4 } from 'mediabunny'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnimaticSpec } from '../../../src/shared/animatic'
import { settled, spec, startRig, type Rig } from './kit'

let rig: Rig
let page: Page
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-media-'))
  rig = await startRig(folder)
  page = await rig.open()
})
afterAll(async () => {
  await rig.close()
  rmSync(folder, { recursive: true, force: true })
})

async function render(change: Partial<AnimaticSpec> = {}, images: { first?: string; last?: string } = {}) {
  const id = randomUUID()
  rig.tasks.enqueue({
    kind: 'animatic',
    id,
    jobId: id,
    spec: { ...spec, ...change },
    images: { first: images.first ?? null, last: images.last ?? null },
  })
  const state = await settled(rig.tasks, id)
  if (state.kind !== 'done') throw new Error(JSON.stringify(state))
  rig.serve(`media/${id}/video`, state.path)
  return { id, path: state.path, bytes: state.bytes }
}

const framesOf = (id: string) => page.evaluate((at) => window.decode(at), `media/${id}/video`)

test('the video is H.264 with every frame, in a range that all players show alike', async () => {
  const { id, path } = await render({ durationMs: 3000, fps: 30 })
  const input = new Input({ source: new FilePathSource(path), formats: [MP4] })
  const track = await input.getPrimaryVideoTrack()
  expect(await track?.getCodec()).toBe('avc')
  expect(await track?.computePacketStats()).toMatchObject({ packetCount: 90, averagePacketRate: 30 })
  expect(await track?.computeDuration()).toBeCloseTo(3, 3)
  expect((await input.getTracks()).length).toBe(1)
  input.dispose()
  const { hashes, range, matrix } = await framesOf(id)
  expect(hashes.length).toBe(90)
  expect({ range, matrix }).toEqual({ range: false, matrix: 'bt709' })
})

test('the same seed gives the same frames, another gives others', async () => {
  const [one, same, other] = [await render(), await render(), await render({ seed: 8 })]
  const frames = await framesOf(one.id)
  expect((await framesOf(same.id)).hashes).toEqual(frames.hashes)
  const others = (await framesOf(other.id)).hashes
  expect(others.filter((hash, n) => hash === frames.hashes[n])).toEqual([])
})
