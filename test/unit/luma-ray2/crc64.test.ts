import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createCRC64 } from 'hash-wasm'
import { expect, test } from 'vitest'
import loadWabt from 'wabt'
import { Crc64 } from '../../../src/main/providers/luma-ray2/crc64'
import { assembled } from '../../../src/main/providers/luma-ray2/crc64/module'

const text = new URL('../../../src/main/providers/luma-ray2/crc64/fold.wat', import.meta.url)

/** By table, over all bytes at once. */
async function byTable(bytes: Uint8Array): Promise<string> {
  const hasher = await createCRC64('9a6c9329ac4bc9b5')
  return Buffer.from(hasher.init().update(bytes).digest('binary')).toString('base64')
}

async function folded(...parts: Uint8Array[]): Promise<string> {
  const sum = await Crc64.create()
  for (const part of parts) sum.add(part)
  return sum.base64()
}

test('what runs is what the text says', async () => {
  const wabt = await loadWabt()
  const { buffer } = wabt.parseWat('fold.wat', readFileSync(text, 'utf8'), { simd: true }).toBinary({})
  expect(Buffer.from(buffer).toString('base64')).toBe(assembled)
})

// Around a step of sixteen, each distance, the span, the stage, the ring and its second and third turn.
test.each([
  0, 1, 7, 8, 9, 15, 16, 17, 79_627, 79_628, 79_629, 102_160, 117_339, 144_024, 144_025, 144_026, 262_143,
  262_144, 262_145, 262_160, 406_169, 524_288, 1_000_003,
])('%i bytes sum up as they do by table', async (length) => {
  const bytes = randomBytes(length)
  expect(await folded(bytes)).toBe(await byTable(bytes))
})

test.each([0x00, 0xff])('a message of %i alone sums up as it does by table', async (byte) => {
  const bytes = new Uint8Array(700_001).fill(byte)
  expect(await folded(bytes)).toBe(await byTable(bytes))
})

test('a sum is the same however the bytes are cut, at any alignment', async () => {
  const bytes = randomBytes(900_000)
  const whole = await byTable(bytes)
  for (const cut of [0, 1, 3, 8, 15, 16, 79_629, 144_025, 262_144, 524_289, 899_999, 900_000]) {
    expect(await folded(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(whole)
  }
  const crumbs = Array.from({ length: 900 }, (_, at) => bytes.subarray(at * 1000, at * 1000 + 1000))
  expect(await folded(...crumbs)).toBe(whole)
})

test('a sum that was asked for goes on, and two at once do not mix', async () => {
  const [one, other] = [randomBytes(300_001), randomBytes(300_001)]
  const [first, second] = [await Crc64.create(), await Crc64.create()]
  first.add(one)
  second.add(other)
  expect(first.base64()).toBe(await byTable(one))
  expect(second.base64()).toBe(await byTable(other))
  first.add(other)
  expect(first.base64()).toBe(await byTable(Buffer.concat([one, other])))
})

test('bytes that came to its own memory are summed up where they lie', async () => {
  const bytes = randomBytes(3_000_000)
  const sum = await Crc64.create()
  for (let at = 0, piece = 0; at < bytes.byteLength; piece += 1) {
    const memory = sum.memory[piece % sum.memory.length]
    const part = memory?.subarray(0, bytes.byteLength - at) ?? new Uint8Array()
    part.set(bytes.subarray(at, at + part.byteLength))
    sum.add(part.subarray(0, 10_001))
    sum.add(part.subarray(10_001))
    at += part.byteLength
  }
  expect(sum.base64()).toBe(await byTable(bytes))
})
