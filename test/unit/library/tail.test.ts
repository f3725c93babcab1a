import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished, expect, test, vi } from 'vitest'
import { openOwn } from '../../../src/main/library/files'
import { slabBytes, slabCount, Tail } from '../../../src/main/library/tail'
import type { Clock } from '../../../src/main/ports'
import { systemClock } from '../../../src/main/system'
import { ManualClock } from '../../support/clock'
import { tempFolder } from '../../support/folder'

const asIs = <T>(work: Promise<T>) => work
const body = new Uint8Array(slabCount * slabBytes).map((_, at) => (at * 31 + (at >> 8)) & 0xff)

async function tailOf(clock: Clock = systemClock): Promise<{ file: FileHandle; tail: Tail }> {
  const file = await openOwn(join(tempFolder(), 'x.part'))
  onTestFinished(() => file.close())
  return { file, tail: await Tail.of(file, asIs, clock) }
}

/** Holds every write of the file back until it is let go, and tells how many bytes each was of, in how many pieces. */
function held(file: FileHandle) {
  const real = file.writev.bind(file)
  const asked: { bytes: number; pieces: number; go(): void }[] = []
  vi.spyOn(file, 'writev').mockImplementation(async (pieces, position) => {
    const gate = Promise.withResolvers<void>()
    const bytes = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
    asked.push({ bytes, pieces: pieces.length, go: gate.resolve })
    await gate.promise
    return real(pieces, position)
  })
  return asked
}

test('a file grows from its front: what waits behind a write is begun after it, all of it at once', async () => {
  const clock = new ManualClock()
  const { file, tail } = await tailOf(clock)
  const asked = held(file)
  const half = slabBytes / 2
  void tail.append(body.subarray(0, slabBytes))
  void tail.append(body.subarray(slabBytes, slabBytes + half))
  clock.advance(1000)
  void tail.append(body.subarray(slabBytes + half, 2 * slabBytes))
  expect(asked).toMatchObject([{ bytes: slabBytes, pieces: 1 }])
  asked[0]?.go()
  await vi.waitUntil(() => asked.length > 1)
  expect(asked[1]).toMatchObject({ bytes: slabBytes, pieces: 2 })
  asked[1]?.go()
  await tail.settle()
  expect((await file.readFile()).equals(body.subarray(0, 2 * slabBytes))).toBe(true)
})

test('a write that the system cut short is gone on with, in the middle of a piece too', async () => {
  const { file, tail } = await tailOf()
  const real = file.write.bind(file)
  const short = vi.spyOn(file, 'writev').mockImplementation(async ([first], position) => {
    if (!first) throw new Error('nothing to write')
    const some = Buffer.from(first.buffer, first.byteOffset, Math.min(first.byteLength, 700_001))
    const { bytesWritten } = await real(some, 0, some.byteLength, position ?? 0)
    return { bytesWritten, buffers: [first] }
  })
  for (let at = 0; at < 2; at += 1) void tail.append(body.subarray(at * slabBytes, (at + 1) * slabBytes))
  await tail.settle()
  expect(short.mock.calls.length).toBeGreaterThan(2)
  expect((await file.readFile()).equals(body.subarray(0, 2 * slabBytes))).toBe(true)
})

test('there is room again once something is written, and not before', async () => {
  const { file, tail } = await tailOf()
  const asked = held(file)
  void tail.append(body)
  expect(tail.room()).toBeNull()
  let free = false
  const waited = tail.free().then(() => (free = true))
  await Promise.resolve()
  expect(free).toBe(false)
  asked[0]?.go()
  await waited
  expect(tail.room()?.byteLength).toBe(slabBytes)
  await vi.waitUntil(() => asked.length > 1)
  asked[1]?.go()
  await tail.settle()
})

test('memory that is lent twice, by two openings of one download, is used once', async () => {
  const { file, tail } = await tailOf()
  const asked = held(file)
  const memory = Array.from({ length: slabCount }, () => new Uint8Array(slabBytes))
  tail.borrow(memory)
  void tail.append(body.subarray(0, slabBytes))
  tail.borrow(memory)
  void tail.append(body.subarray(slabBytes))
  asked[0]?.go()
  await vi.waitUntil(() => asked.length > 1)
  asked[1]?.go()
  await tail.settle()
  expect((await file.readFile()).equals(body)).toBe(true)
  expect(memory.every((piece) => tail.holds(piece))).toBe(true)
})

test('once the disk has refused something, no more is taken that would be read for nothing', async () => {
  const { file, tail } = await tailOf()
  vi.spyOn(file, 'writev').mockRejectedValue(new Error('the disk is full'))
  void tail.append(body.subarray(0, slabBytes))
  await vi.waitFor(() => expect(() => tail.append(body.subarray(0, 10))).toThrow('the disk is full'))
  await expect(tail.settle()).rejects.toThrow('the disk is full')
})
