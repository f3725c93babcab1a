import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { house } from './house'
import { clip } from './source'

const sha256 = createHash('sha256').update(clip).digest('hex')
const facts = { bytes: clip.byteLength, sha256, width: 160, height: 96, fps: 12, durationMs: 1000 }
const sidecarOf = (video: string) => video.replace(/\.mp4$/, '.json')
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

describe('receiving a video', () => {
  test('ends with the whole file under its planned name, its sidecar beside it and nothing else', async () => {
    const { planned, receive, fileOf } = await house()
    const job = planned()
    expect(await receive(job)).toEqual(facts)
    const video = fileOf(job.outputPath)
    expect(readFileSync(video).equals(clip)).toBe(true)
    expect(readdirSync(dirname(video)).toSorted()).toEqual([
      '2026-11-21 animatic A fox runs.json',
      '2026-11-21 animatic A fox runs.mp4',
    ])
    expect(JSON.parse(readFileSync(sidecarOf(video), 'utf8'))).toMatchObject({
      dailies: 1,
      id: job.id,
      prompt: 'A fox runs',
      model: 'animatic',
      params: { seed: 42 },
      seed: 42,
      estimate: { micros: 0, currency: 'USD' },
      createdAt: '2026-11-21T09:00:00.000Z',
      video: facts,
    })
  })

  test('goes on with a part that a killed run left', async () => {
    const { planned, receive, fileOf } = await house()
    const job = planned()
    mkdirSync(dirname(fileOf(job.outputPath)), { recursive: true })
    writeFileSync(`${fileOf(job.outputPath)}.part`, clip.subarray(0, 2000))
    expect(await receive(job)).toEqual(facts)
  })

  test('answers at once when a killed run had already given the video its name', async () => {
    const { planned, receive, library, fileOf } = await house()
    const job = planned()
    await receive(job)
    writeFileSync(`${fileOf(job.outputPath)}.part`, 'left over')
    expect(await library.settled(job, job.outputPath)).toEqual(facts)
    expect(existsSync(`${fileOf(job.outputPath)}.part`)).toBe(false)
    expect(await receive(job, new Uint8Array())).toEqual(facts)
  })

  test('takes no stranger for its own video', async () => {
    const { planned, library, receive, fileOf } = await house()
    const job = planned()
    mkdirSync(dirname(fileOf(job.outputPath)), { recursive: true })
    writeFileSync(fileOf(job.outputPath), 'somebody else was here')
    expect(await library.settled(job, job.outputPath)).toBeNull()
    expect(await failure(receive(job))).toMatchObject({ code: 'storage', key: 'library.nameTaken' })
    expect(readFileSync(fileOf(job.outputPath), 'utf8')).toBe('somebody else was here')
  })

  test('takes no changed file for the whole one', async () => {
    const { planned, library, receive, fileOf } = await house()
    const job = planned()
    await receive(job)
    const changed = Buffer.from(clip)
    changed[3000] = (changed[3000] ?? 0) ^ 1
    writeFileSync(fileOf(job.outputPath), changed)
    expect(await library.settled(job, job.outputPath)).toBeNull()
  })

  test.each([
    ['a text file', Buffer.from('<html>Sorry, this link has expired</html>')],
    ['nothing at all', Buffer.alloc(0)],
    ['a video cut short', clip.subarray(0, clip.byteLength - 1)],
    ['the head of a video', clip.subarray(0, 600)],
  ])('refuses %s and leaves nothing behind', async (_, body) => {
    const { planned, receive, fileOf } = await house()
    const job = planned()
    expect(await failure(receive(job, body))).toMatchObject({
      detail: { code: 'bad_output', key: 'output.notVideo' },
    })
    expect(readdirSync(dirname(fileOf(job.outputPath)))).toEqual([])
  })

  test('waits for a folder whose drive was unplugged instead of making it anew', async () => {
    const { planned, receive, library, heard } = await house()
    const job = planned()
    renameSync(library.folder(), `${library.folder()} elsewhere`)
    expect(await failure(receive(job))).toMatchObject({ code: 'storage', key: 'library.missing' })
    expect(existsSync(library.folder())).toBe(false)
    expect(heard.at(-1)).toMatchObject({ type: 'library', library: { state: 'missing' } })
  })

  test('says so when the folder may not be written to', async () => {
    const { planned, receive, library } = await house({ folder: '/proc/self/task' })
    expect((await library.status()).state).not.toBe('ready')
    expect(await failure(receive(planned()))).toMatchObject({
      code: 'storage',
      key: expect.stringMatching(/^library\.(?:missing|readOnly)$/),
    })
  })

  test('says that the disk is full, keeps the part, and ends well when there is room again', async () => {
    const { planned, receive, fileOf } = await house()
    const job = planned()
    const part = `${fileOf(job.outputPath)}.part`
    mkdirSync(dirname(part), { recursive: true })
    writeFileSync(part, clip.subarray(0, 1000))
    // No disk holds what this source announces.
    expect(await failure(receive(job, clip, () => ({ claim: Number.MAX_SAFE_INTEGER })))).toMatchObject({
      code: 'storage',
      key: 'library.full',
    })
    expect(readFileSync(part).byteLength).toBe(1000)
    expect(await receive(job)).toEqual(facts)
  })

  test('never writes through a month folder that leads out of the library', async () => {
    const { planned, receive, library, home } = await house()
    const job = planned()
    mkdirSync(join(home, 'outside'))
    rmSync(join(library.folder(), dirname(job.outputPath)), { recursive: true, force: true })
    symlinkSync(join(home, 'outside'), join(library.folder(), dirname(job.outputPath)))
    expect(await failure(receive(job))).toMatchObject({ code: 'storage' })
    expect(readdirSync(join(home, 'outside'))).toEqual([])
  })

  test('never writes through a link that stands in the place of the part', async () => {
    const { planned, receive, fileOf, home } = await house()
    const job = planned()
    mkdirSync(dirname(fileOf(job.outputPath)), { recursive: true })
    writeFileSync(join(home, 'precious'), 'precious')
    symlinkSync(join(home, 'precious'), `${fileOf(job.outputPath)}.part`)
    expect(await failure(receive(job))).not.toBeNull()
    expect(readFileSync(join(home, 'precious'), 'utf8')).toBe('precious')
  })
})
