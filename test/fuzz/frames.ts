import type { Dice } from './dice'
import { hostileText, hostileValue, nested, poisoned } from './hostile'
import { faultOfError } from './judge'
import { ORPCError } from '@orpc/client'
import type { Procedure } from './procedures'
import { patiently } from './timing'

/** A message below the level of calls, as only a page that was taken over would send it. */
export interface Frame {
  data: string | Uint8Array<ArrayBuffer>
  /** The number of the call whose answer is to come; null where none is owed. */
  owed: string | null
}

/** The wire itself. */
export interface Wire {
  send(data: string | Uint8Array<ArrayBuffer>): void
  /** Hears what comes; the answer stops it. */
  listen(hear: (data: string) => void): () => void
}

const headers = [
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-disposition': "attachment; filename*=UTF-8''%E0%A4%A" },
  { 'content-disposition': 'x', 'content-type': 'text/html' },
  { 'last-event-id': '\0' },
  { 'content-type': ['a', 'b'] },
] as const
const addresses = [
  '/',
  '//',
  '/jobs',
  '/jobs/list/',
  '/%',
  '/__proto__',
  '/constructor/name',
  '/jobs/../settings/get',
  'http://evil.example/jobs/list',
  'file:///etc/passwd',
  'x:',
]
const metas = [
  [[0]],
  [[1, 'a']],
  [[1, '__proto__', 'polluted']],
  [[3, 'constructor', 'prototype']],
  [[5, 'a', 'b', 'c']],
  [[6]],
  [[7]],
  [['x']],
  [null],
  'meta',
  { length: 3 },
  [[2, ...Array.from({ length: 5000 }, () => 'a')]],
] as const

export function makeFrame(dice: Dice, procedures: readonly Procedure[], id: string): Frame {
  const u = dice.chance(0.8) ? `/${dice.pick(procedures).path.join('/')}` : dice.pick(addresses)
  const call = (rest: Record<string, unknown>, tail?: Uint8Array<ArrayBuffer>): Frame => ({
    data: encoded({ i: id, p: { u, ...rest } }, tail),
    owed: id,
  })
  const noise = Uint8Array.from({ length: dice.whole(0, 300) }, () => dice.whole(0, 254))
  switch (dice.whole(0, 9)) {
    case 0:
      return call({ b: hostileValue(dice) })
    case 1:
    case 2:
      return call({ b: { json: dice.chance(0.5) ? poisoned() : hostileValue(dice), meta: dice.pick(metas) } })
    case 3:
      return call({ h: dice.pick(headers), b: hostileValue(dice) })
    case 4:
      return call({ h: dice.pick(headers) }, noise)
    case 5:
      return call({ m: dice.pick(['GET', 'get', '', 'DELETE', hostileText(dice).slice(0, 20)]), b: null })
    case 6:
      return call({ h: { 'content-type': 'text/event-stream' }, b: 1 })
    case 7:
      return { data: noise, owed: null }
    case 8: {
      const t = dice.pick([0, 2, 3, 4, 5, '1', null])
      return {
        data: encoded({ i: dice.pick(['1', id, 7, null]), t, p: hostileValue(dice) ?? null }),
        owed: null,
      }
    }
    default:
      return call({ b: { json: nested(dice.pick([100, 3000]), hostileText(dice)) } })
  }
}

function encoded(message: unknown, tail?: Uint8Array<ArrayBuffer>): string | Uint8Array<ArrayBuffer> {
  const json = JSON.stringify(message)
  if (!tail) return json
  return Uint8Array.from([...new TextEncoder().encode(json), 255, ...tail])
}

/** Sends frames one by one; each call among them is owed an answer that is one of the contract's. */
export async function driveFrames(
  wire: Wire,
  frames: readonly Frame[],
  alive: () => Promise<unknown>,
): Promise<string[]> {
  const faults: string[] = []
  const fault = (frame: Frame, what: string) => faults.push(`${String(frame.data).slice(0, 300)}: ${what}`)
  for (const frame of frames) {
    const answered = Promise.withResolvers<string>()
    const stop = wire.listen((data) => {
      if (frame.owed !== null && data.includes(`"i":"${frame.owed}"`)) answered.resolve(data)
    })
    wire.send(frame.data)
    if (frame.owed !== null) {
      const first = await patiently(() => answered.promise)
      const wrong = first.late ? 'no answer in a second' : faultOfFrame(first.value)
      if (wrong) fault(frame, wrong)
      // A stream that was opened is left again.
      wire.send(JSON.stringify({ i: frame.owed, t: 4 }))
    }
    stop()
    if ((await patiently(alive)).late) fault(frame, 'nothing is answered after it')
    if (faults.length > 10) break
  }
  return faults
}

function faultOfFrame(data: string): string | null {
  const { p } = JSON.parse(data) as { p?: { s?: number; b?: { json?: unknown } } }
  if (p?.s === undefined || p.s < 400) return null
  const told = p.b?.json as
    | { code?: string; defined?: boolean; status?: number; message?: string; data?: unknown }
    | undefined
  if (typeof told?.code !== 'string') return `${p.s} without an error of the contract`
  const { code, ...rest } = told
  return faultOfError(new ORPCError(code, rest))
}
