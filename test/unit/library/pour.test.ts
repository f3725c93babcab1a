import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { download } from '../../../src/main/library/download'
import { openOwn } from '../../../src/main/library/files'
import { pour } from '../../../src/main/library/pour'
import { slabBytes, slabCount, Tail } from '../../../src/main/library/tail'
import type { OutputBody } from '../../../src/main/providers'
import { systemClock } from '../../../src/main/system'
import { ManualClock } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { source } from './source'

const body = new Uint8Array(6_000_000).map((_, at) => (at * 31 + (at >> 8)) & 0xff)
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const sha256 = sha256Of(body)

function begin(
  open: (offset: number) => Promise<OutputBody>,
  options: { part?: string; bytes?: number; sha256?: string; signal?: AbortSignal } = {},
) {
  const part = options.part ?? join(tempFolder(), 'x.mp4.part')
  const received: number[] = []
  const outcome = download(
    part,
    {
      open,
      expect: { bytes: options.bytes ?? null, sha256: options.sha256 ?? null },
      signal: options.signal ?? new AbortController().signal,
      progress: (bytes) => void received.push(bytes),
    },
    (error) => error,
    systemClock,
  ).catch((error: unknown) => error)
  return { outcome, part, received }
}

const opened =
  (stream: OutputBody['stream'], bytes: number | null = null) =>
  async (): Promise<OutputBody> => ({
    stream,
    bytes,
    offset: 0,
  })

describe('a download from a Node stream', () => {
  test('brings every byte', async () => {
    const { openNode } = await source(body)
    const { outcome, part, received } = begin(openNode, { bytes: body.byteLength, sha256 })
    expect(await outcome).toEqual({ bytes: body.byteLength, sha256 })
    expect(readFileSync(part).equals(body)).toBe(true)
    expect(received.at(-1)).toBe(body.byteLength)
  })

  test('goes on where the connection broke off, without a byte lost or doubled', async () => {
    const { openNode, asked, answers } = await source(body, (request) =>
      request < 4 ? { breakAfter: 900_000 } : {},
    )
    const { outcome, part } = begin(openNode, { sha256 })
    expect(await outcome).toEqual({ bytes: body.byteLength, sha256 })
    expect(readFileSync(part).equals(body)).toBe(true)
    expect(asked.length).toBeGreaterThanOrEqual(5)
    expect(asked.slice(1).some((range) => range !== undefined)).toBe(true)
    expect(answers.every((answer) => answer.destroyed)).toBe(true)
  })

  test('keeps what came and closes the source when it is cancelled in the middle', async () => {
    const cancel = new AbortController()
    const { openNode, answers } = await source(body, () => ({ stallAfter: 1_700_000 }))
    const { outcome, part } = begin(openNode, { signal: cancel.signal })
    await vi.waitFor(() => expect(existsSync(part) && readFileSync(part).byteLength).toBe(1_700_000))
    cancel.abort()
    expect(await outcome).toMatchObject({ name: 'AbortError' })
    expect(readFileSync(part).equals(body.subarray(0, 1_700_000))).toBe(true)
    expect(answers.map((answer) => answer.destroyed)).toEqual([true])
  })

  test('closes a source that was opened just when the download was cancelled', async () => {
    const cancel = new AbortController()
    const { openNode, answers } = await source(body)
    const { outcome } = begin(
      async (offset) => {
        const opened = await openNode(offset)
        cancel.abort()
        return opened
      },
      { signal: cancel.signal },
    )
    expect(await outcome).toMatchObject({ name: 'AbortError' })
    expect(answers.map((answer) => answer.destroyed)).toEqual([true])
  })

  test('closes a source that goes on at a wrong place, or that the disk has no room for', async () => {
    const { openNode, answers } = await source(body, (request) =>
      request < 3 ? {} : { claim: Number.MAX_SAFE_INTEGER },
    )
    const astray = begin(async (offset) => ({ ...(await openNode(offset)), offset: 5 }))
    expect(await astray.outcome).toMatchObject({ detail: { code: 'network' } })
    expect(await begin(openNode).outcome).toMatchObject({ key: 'library.full' })
    expect(answers.map((answer) => answer.destroyed)).toEqual([true, true, true, true])
  })

  test('is refused when the checksum differs from what was promised', async () => {
    const { openNode } = await source(body)
    const { outcome } = begin(openNode, { sha256: '0'.repeat(64) })
    expect(await outcome).toMatchObject({ detail: { code: 'bad_output', key: 'output.checksum' } })
  })

  test('takes not one byte more than was promised, and closes the source', async () => {
    const { openNode, answers } = await source(body, () => ({ chunked: true }))
    const { outcome, part } = begin(openNode, { bytes: 1_000_000 })
    expect(await outcome).toMatchObject({ detail: { code: 'bad_output', key: 'output.length' } })
    expect(readFileSync(part).byteLength).toBeLessThanOrEqual(1_000_000)
    expect(answers.map((answer) => answer.destroyed)).toEqual([true])
  })

  test.skipIf(process.platform !== 'linux')('says what the disk said, and closes the source', async () => {
    const { openNode, answers } = await source(body)
    const { outcome } = begin(openNode, { part: '/dev/full' })
    expect(await outcome).toMatchObject({ code: 'ENOSPC' })
    expect(answers.map((answer) => answer.destroyed)).toEqual([true])
  })
})

describe('the memory of chunks', () => {
  test('that others may still hold is left alone', async () => {
    const web = new Uint8Array(70_000).fill(1)
    await begin(opened(new ReadableStream({ start: (to) => (to.enqueue(web), to.close()) }))).outcome
    const object = Buffer.alloc(70_000, 2)
    await begin(opened(Readable.from([object]))).outcome
    const whole = Buffer.alloc(70_000, 3)
    const parts = [whole.subarray(0, 40_000), whole.subarray(40_000)]
    await begin(opened(new Readable({ read: giveEach(parts) }))).outcome
    expect([web.at(-1), object.at(-1), whole.at(-1)]).toEqual([1, 2, 3])
  })

  test('is bounded while the disk is slow', async () => {
    const total = 64 * 1024 * 1024
    const chunk = 64 * 1024
    const hash = createHash('sha256')
    let given = 0
    const stream = new Readable({
      read() {
        const next = given < total ? Buffer.alloc(chunk, given / chunk) : null
        given += next?.byteLength ?? 0
        if (next) hash.update(next)
        this.push(next)
      },
    })
    const gate = Promise.withResolvers<undefined>()
    const file = await openOwn(join(tempFolder(), 'x.part'))
    let slow = false
    const disk = async <T>(work: Promise<T>): Promise<T> => {
      const done = await work
      if (slow) await gate.promise
      return done
    }
    const tail = await Tail.of(file, disk, new ManualClock())
    slow = true
    const poured = pour({ stream }, tail, {
      check: () => undefined,
      told: () => undefined,
      signal: new AbortController().signal,
    })
    for (let before = -1; before !== given;) {
      before = given
      for (let turn = 0; turn < 50; turn += 1) await setImmediate()
    }
    expect(given).toBeGreaterThan(slabBytes * slabCount)
    expect(given).toBeLessThan(8 * 1024 * 1024)
    gate.resolve(undefined)
    expect(await poured).toBeNull()
    await tail.sync()
    expect({ bytes: tail.bytes, size: (await file.stat()).size, sha256: tail.digest() }).toEqual({
      bytes: total,
      size: total,
      sha256: hash.digest('hex'),
    })
    await file.close()
  })
})

test('a trickle reaches the disk in time, not when a slab is full', async () => {
  const clock = new ManualClock()
  const path = join(tempFolder(), 'x.part')
  const file = await openOwn(path)
  const tail = await Tail.of(file, (work) => work, clock)
  const held = () => readFileSync(path).byteLength
  await tail.append(body.subarray(0, 10))
  await vi.waitFor(() => expect(held()).toBe(10))
  await tail.append(body.subarray(10, 30))
  await tail.append(body.subarray(30, 70))
  expect(clock.pending).toBe(1)
  clock.advance(1000)
  await vi.waitFor(() => expect(held()).toBe(70))
  await tail.settle()
  expect(clock.pending).toBe(0)
  expect(tail.digest()).toBe(sha256Of(body.subarray(0, 70)))
  await file.close()
})

test('a write that failed is not forgotten by the sync that follows', async () => {
  const file = await openOwn(join(tempFolder(), 'x.part'))
  const tail = await Tail.of(file, (work) => work, new ManualClock())
  await tail.append(body.subarray(0, 10))
  await tail.settle()
  await file.close()
  await tail.append(body.subarray(10, 20))
  await expect(tail.settle()).rejects.toMatchObject({ code: 'EBADF' })
  await expect(tail.sync()).rejects.toMatchObject({ code: 'EBADF' })
})

function giveEach(chunks: Uint8Array[]) {
  const left = [...chunks]
  return function read(this: Readable) {
    this.push(left.shift() ?? null)
  }
}
