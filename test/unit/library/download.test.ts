import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { badOutput, download } from '../../../src/main/library/download'
import type { Inspection } from '../../../src/main/providers'
import { systemClock } from '../../../src/main/system'
import { openFiles } from '../../support/descriptors'
import { tempFolder } from '../../support/folder'
import { source, type Manner } from './source'

const body = new Uint8Array(3_000_000).map((_, at) => (at * 31 + (at >> 8)) & 0xff)
const sha256 = createHash('sha256').update(body).digest('hex')
const asIs = (error: unknown) => error

async function bring(
  options: {
    manner?: (request: number) => Manner
    left?: Uint8Array
    bytes?: number | null
    sha256?: string | null
    signal?: AbortSignal
    served?: Uint8Array
    inspect?: Inspection
  } = {},
) {
  const part = join(tempFolder(), 'x.mp4.part')
  if (options.left) writeFileSync(part, options.left)
  const from = await source(options.served ?? body, options.manner)
  const told: [number, number | null][] = []
  const outcome = await download(
    part,
    {
      open: async (offset) => ({
        ...(await from.open(offset)),
        ...(options.inspect && { inspect: options.inspect }),
      }),
      expect: { bytes: options.bytes ?? null, sha256: options.sha256 ?? null },
      signal: options.signal ?? new AbortController().signal,
      progress: (received, total) => void told.push([received, total]),
    },
    asIs,
    systemClock,
  ).catch((error: unknown) => error)
  return { outcome, part, asked: from.asked, told, held: () => readFileSync(part) }
}

describe('a download', () => {
  test('brings every byte and tells the truth on the way', async () => {
    const { outcome, held, told } = await bring({ bytes: body.byteLength, sha256 })
    expect(outcome).toEqual({ bytes: body.byteLength, sha256 })
    expect(held().equals(body)).toBe(true)
    expect(told.at(-1)).toEqual([body.byteLength, body.byteLength])
    expect(told.map(([received]) => received)).toEqual(
      told.map(([received]) => received).toSorted((a, b) => a - b),
    )
  })

  test('goes on where the connection broke off, again and again, without a byte lost or doubled', async () => {
    const { outcome, asked } = await bring({
      manner: (request) => (request < 4 ? { breakAfter: 400_000 } : {}),
      sha256,
    })
    expect(outcome).toEqual({ bytes: body.byteLength, sha256 })
    expect(asked.slice(1).every((range) => /^bytes=\d+-$/.test(range ?? ''))).toBe(true)
  })

  test('goes on after a restart with what lies on disk', async () => {
    const { outcome, asked } = await bring({ left: body.subarray(0, 1_234_567), sha256 })
    expect(outcome).toEqual({ bytes: body.byteLength, sha256 })
    expect(asked).toEqual(['bytes=1234567-'])
  })

  test('shows an inspection what lies on disk before what comes, as far as it has not seen it', async () => {
    const seen: Uint8Array[] = []
    const inspect = { seen: 500_000, chunk: (part: Uint8Array) => void seen.push(part.slice()), end() {} }
    const { outcome } = await bring({ left: body.subarray(0, 2_500_000), sha256, inspect })
    expect(outcome).toEqual({ bytes: body.byteLength, sha256 })
    expect(Buffer.concat(seen).equals(body.subarray(500_000))).toBe(true)
  })

  test('what an inspection finds on disk breaks it off before a byte is taken', async () => {
    const chunk = () => {
      throw new Error('another file')
    }
    const left = body.subarray(0, 1_000_000)
    const { outcome, held } = await bring({ left, inspect: { seen: 0, chunk, end() {} } })
    expect(outcome).toMatchObject({ detail: { key: 'output.broken' }, cause: { message: 'another file' } })
    expect(held().equals(left)).toBe(true)
  })

  test('asks for nothing when all of it lies on disk already', async () => {
    const { outcome, asked } = await bring({ left: body, bytes: body.byteLength, sha256 })
    expect(outcome).toEqual({ bytes: body.byteLength, sha256 })
    expect(asked).toEqual([])
  })

  test('has all that lies on disk looked at where only the source can tell whether it is right', async () => {
    const left = Uint8Array.from(body).fill(0, 2_000_000)
    let wrong = 0
    let seen: Buffer[] = []
    const inspect: Inspection = {
      seen: 0,
      chunk(part) {
        seen.push(Buffer.from(part))
        const all = Buffer.concat(seen)
        if (all.byteLength < body.byteLength) return
        seen = []
        if (all.equals(body)) return
        wrong += 1
        throw new Error('another file')
      },
      end() {},
    }
    const whole = { bytes: body.byteLength, inspect }
    const spoiled = await bring({
      ...whole,
      left,
      // The source tells that what there is is of no use.
      manner: (request) => ({ ignoreRange: request > 1 }),
    })
    expect(wrong).toBe(1)
    expect(spoiled.outcome).toEqual({ bytes: body.byteLength, sha256 })

    const sound = await bring({ ...whole, left: body })
    expect(sound.outcome).toEqual({ bytes: body.byteLength, sha256 })
    expect(sound.asked).toEqual(['bytes=2999999-', 'bytes=2999999-'])
  })

  test('keeps what lies whole on disk where its source has nothing to say of it, or is gone', async () => {
    const mute = await bring({ left: body, bytes: body.byteLength })
    expect(mute.outcome).toEqual({ bytes: body.byteLength, sha256 })
    expect(mute.asked).toEqual(['bytes=2999999-'])
    const part = join(tempFolder(), 'x.part')
    writeFileSync(part, body)
    const outcome = download(
      part,
      {
        open: () => Promise.reject(badOutput('output.length')),
        expect: { bytes: body.byteLength, sha256: null },
        signal: new AbortController().signal,
        progress() {},
      },
      asIs,
      systemClock,
    )
    expect(await outcome).toEqual({ bytes: body.byteLength, sha256 })
  })

  test('starts over when the source cannot go on in the middle', async () => {
    const { outcome } = await bring({
      left: body.subarray(0, 1_000_000),
      manner: () => ({ ignoreRange: true }),
      sha256,
    })
    expect(outcome).toEqual({ bytes: body.byteLength, sha256 })
  })

  test('starts over once when what an earlier run left was wrong', async () => {
    const { outcome, asked } = await bring({ left: new Uint8Array(500_000).fill(7), sha256 })
    expect(outcome).toEqual({ bytes: body.byteLength, sha256 })
    expect(asked).toEqual(['bytes=500000-', undefined])
  })

  test('starts over when more lies on disk than there should be', async () => {
    const { outcome } = await bring({
      left: new Uint8Array(body.byteLength + 5),
      bytes: body.byteLength,
      sha256,
    })
    expect(outcome).toEqual({ bytes: body.byteLength, sha256 })
  })

  test('is refused when the checksum differs from what was promised', async () => {
    const { outcome } = await bring({ sha256: '0'.repeat(64) })
    expect(outcome).toMatchObject({ detail: { code: 'bad_output', key: 'output.checksum', retry: 'never' } })
  })

  test('is refused when the length differs from what was promised', async () => {
    const { outcome } = await bring({ bytes: body.byteLength + 1 })
    expect(outcome).toMatchObject({ detail: { code: 'bad_output', key: 'output.length' } })
  })

  test('takes a source that does not tell its length', async () => {
    const { outcome, told } = await bring({ manner: () => ({ chunked: true }) })
    expect(outcome).toEqual({ bytes: body.byteLength, sha256 })
    expect(told.every(([, total]) => total === null)).toBe(true)
  })

  test('gives up as a network trouble, keeping what it has, when nothing comes any more', async () => {
    const { outcome, part, asked } = await bring({
      manner: (request) => (request === 0 ? { breakAfter: 700_000 } : { breakAfter: 0 }),
    })
    expect(outcome).toMatchObject({ detail: { code: 'network', retry: 'later', charged: 'unknown' } })
    expect(asked).toHaveLength(4)
    expect(readFileSync(part).byteLength).toBeGreaterThan(0)
  })

  test('hands on what `open` raises, so that an expired address can be renewed', async () => {
    const expired = new Error('expired')
    const outcome = download(
      join(tempFolder(), 'x.part'),
      {
        open: () => Promise.reject(expired),
        expect: { bytes: null, sha256: null },
        signal: new AbortController().signal,
        progress() {},
      },
      asIs,
      systemClock,
    )
    await expect(outcome).rejects.toBe(expired)
  })

  test('stops at once when it is cancelled while the source is silent, and keeps what came', async () => {
    const cancel = new AbortController()
    const from = await source(body, () => ({ stallAfter: 300_000 }))
    const part = join(tempFolder(), 'x.part')
    const outcome = download(
      part,
      {
        open: from.open,
        expect: { bytes: null, sha256: null },
        signal: cancel.signal,
        progress() {},
      },
      asIs,
      systemClock,
    ).catch((error: unknown) => error)
    await vi.waitFor(() => expect(existsSync(part) && readFileSync(part).byteLength).toBe(300_000))
    cancel.abort()
    expect(await outcome).toMatchObject({ name: 'AbortError' })
    expect(readFileSync(part).byteLength).toBe(300_000)
  })

  test('leaves no file open, however it ends', async () => {
    await bring({ sha256: '0'.repeat(64) })
    await bring({ manner: () => ({ breakAfter: 10_000 }) })
    await bring({ left: body.subarray(0, 10), sha256 })
    expect(openFiles().filter((path) => path.endsWith('.part'))).toEqual([])
  })
})
