import { describe, expect, it } from 'vitest'
import type { JobDetail, JobEvent, JobRow } from '@shared/contract'
import { cropOf, nearestRatio, ratioOf } from '../../../src/renderer/drop/crop'
import { draggedOf, jobType } from '../../../src/renderer/drop/dragged'
import { targetsOf } from '../../../src/renderer/drop/targets'
import { linesOf } from '../../../src/renderer/inspector/events'
import { costOf, creditsOf, paramFacts, shapeName } from '../../../src/renderer/inspector/facts'
import { frameAt, nextSpeed, stepped, timecode } from '../../../src/renderer/inspector/player/timecode'
import { sumOf } from '../../../src/renderer/inspector/sums'

describe('timecode', () => {
  it('counts tenths without a jump at the tenth that binary fractions miss', () => {
    expect(timecode(2.3)).toBe('0:02.3')
    expect(timecode(59.99)).toBe('0:59.9')
    expect(timecode(60)).toBe('1:00.0')
    expect(timecode(3723.4)).toBe('1:02:03.4')
    expect(timecode(-1)).toBe('0:00.0')
  })

  it('steps exactly one frame from wherever the player stopped', () => {
    const fps = 24
    for (let frame = 0; frame < 119; frame += 1) {
      const next = stepped((frame + 0.5) / fps, fps, 1, 5)
      expect(frameAt(next, fps)).toBe(frame + 1)
      expect(frameAt(stepped(next, fps, -1, 5), fps)).toBe(frame)
    }
  })

  it('stays inside the video at both ends', () => {
    expect(frameAt(stepped(0, 24, -1, 5), 24)).toBe(0)
    expect(frameAt(stepped(5, 24, 1, 5), 24)).toBe(119)
  })

  it('changes speed one notch and no further than the ends', () => {
    expect(nextSpeed(1, 1)).toBe(1.25)
    expect(nextSpeed(2, 1)).toBe(2)
    expect(nextSpeed(0.25, -1)).toBe(0.25)
  })
})

describe('facts', () => {
  const detail = (patch: Partial<JobDetail>) => ({ params: {}, video: null, ...patch }) as JobDetail
  const video = {
    width: 1280,
    height: 720,
    fps: 24,
    durationMs: 5000,
    bytes: 1,
    file: 'mp4' as const,
    missing: false,
  }

  it('do not repeat what the shape and length of the finished video say', () => {
    const params = { ratio: '16:9', duration: 5, seed: 7, camera: 'hold' }
    const titles = (job: JobDetail) => paramFacts(job, undefined).map((fact) => fact.title)
    expect(titles(detail({ params, video }))).toEqual(['seed', 'camera'])
    expect(titles(detail({ params }))).toEqual(['ratio', 'duration', 'seed', 'camera'])
  })

  it('leave out what is no plain value instead of showing [object Object]', () => {
    expect(paramFacts(detail({ params: { mask: { x: 1 }, none: null } }), undefined)).toEqual([])
  })

  it('call a shape by its name although pixels are even', () => {
    expect(shapeName(1260, 540)).toBe('21:9')
    expect(shapeName(1920, 1080)).toBe('16:9')
    expect(shapeName(1000, 377)).toBeNull()
  })

  it('say what was charged, also where nobody knows how much', () => {
    const usd = (micros: number) => ({ micros, currency: 'USD' })
    const kind = (row: Partial<JobRow>, costKind: JobDetail['costKind'] = null) =>
      costOf({ cost: null, estimate: usd(7), state: 'failed', charged: 'no', ...row } as JobRow, {
        costKind,
        price: null,
      })?.kind
    expect(kind({ cost: usd(7), charged: 'yes', state: 'completed' }, 'exact')).toBe('exact')
    expect(kind({ cost: usd(7), charged: 'yes', state: 'completed' }, 'computed')).toBe('computed')
    expect(kind({ charged: 'yes' })).toBe('computed')
    expect(kind({ charged: 'yes', estimate: null, state: 'completed' })).toBe('charged')
    expect(kind({ charged: 'unknown', estimate: null })).toBe('mayBe')
    expect(kind({ charged: 'unknown' })).toBe('mayBe')
    expect(kind({})).toBe('notCharged')
    expect(kind({ state: 'processing' })).toBe('estimate')
    expect(kind({ estimate: usd(0) })).toBe('free')
  })

  it('keep currencies apart when several are added up', () => {
    const row = (currency: string, micros: number) =>
      ({ video: null, cost: { currency, micros } }) as unknown as JobRow
    expect(sumOf([row('USD', 1), row('CNY', 2), row('USD', 3), row('USD', 0)]).cost).toEqual([
      { currency: 'USD', micros: 4 },
      { currency: 'CNY', micros: 2 },
    ])
  })
})

describe('events', () => {
  it('that repeat are one line, so a long outage does not bury the rest', () => {
    const event = (id: number, kind: string, to: JobEvent['to']): JobEvent => ({
      id,
      at: id * 1000,
      from: null,
      to,
      kind,
      data: {},
    })
    const lines = linesOf([
      event(1, 'created', 'queued'),
      event(2, 'poll_failed', 'processing'),
      event(3, 'poll_failed', 'processing'),
      event(4, 'poll_failed', 'processing'),
      event(5, 'completed', 'completed'),
    ])
    expect(lines.map((line) => [line.kind, line.times, line.until])).toEqual([
      ['created', 1, 1000],
      ['poll_failed', 3, 4000],
      ['completed', 1, 5000],
    ])
  })
})

describe('crop', () => {
  const image = { width: 1000, height: 1000 }

  it('takes all of one side and stays inside the image however far the focus is', () => {
    expect(cropOf(image, 2, { x: 0.5, y: 1 })).toEqual({ x: 0, y: 0.5, width: 1, height: 0.5 })
    expect(cropOf(image, 0.5, { x: 0, y: 0 })).toEqual({ x: 0, y: 0, width: 0.5, height: 1 })
  })

  it('of the image’s own ratio cuts nothing', () => {
    expect(cropOf({ width: 1600, height: 900 }, 16 / 9, { x: 0.2, y: 0.9 })).toEqual({
      x: 0,
      y: 0,
      width: 1,
      height: 1,
    })
  })

  it('reads ratios and nothing else', () => {
    expect(ratioOf('16:9')).toBeCloseTo(16 / 9)
    expect(ratioOf('1280×704')).toBeCloseTo(1280 / 704)
    expect(ratioOf('adaptive')).toBeNull()
    expect(ratioOf('1:0')).toBeNull()
    expect(nearestRatio(3, 0.5, 2)).toBe(2)
  })
})

describe('drag', () => {
  const slots = [
    { role: 'first' as const, max: 1 },
    { role: 'last' as const, max: 1 },
  ]
  const file = (type: string) => ({ kind: 'file', type })

  it('tells files that cannot be images before they are dropped, but not ones the system does not name', () => {
    const of = (...items: { kind: string; type: string }[]) => draggedOf({ types: ['Files'], items })
    expect(of(file('application/pdf'))).toEqual({ kind: 'brief' })
    expect(of(file('application/zip'))).toEqual({ kind: 'others' })
    expect(of(file(''))).toEqual({ kind: 'images', count: 1 })
    expect(of(file('image/png'), file('text/plain'), file('image/heic'))).toEqual({
      kind: 'images',
      count: 2,
    })
  })

  it('leaves plain words to text fields and takes a card for a card', () => {
    expect(draggedOf({ types: ['text/plain'], items: [] })).toBeNull()
    expect(draggedOf({ types: ['text/uri-list', 'text/plain'], items: [] })).toEqual({ kind: 'address' })
    expect(draggedOf({ types: [jobType, 'text/plain'], items: [] })).toEqual({ kind: 'job' })
  })

  it('offers a batch for several images, and first and last for exactly two', () => {
    const kinds = (count: number) => targetsOf({ kind: 'images', count }, slots).map((target) => target.kind)
    expect(kinds(1)).toEqual(['role', 'role'])
    expect(kinds(2)).toEqual(['both', 'each'])
    expect(kinds(12)).toEqual(['each'])
  })

  it('offers nothing when no chosen model takes an image', () => {
    expect(targetsOf({ kind: 'images', count: 3 }, [])).toEqual([])
    expect(targetsOf({ kind: 'job' }, [])).toEqual([])
  })
})

describe('a provider’s own credits', () => {
  const event = (kind: string, data: JobEvent['data']): JobEvent => ({
    id: 1,
    at: 0,
    from: null,
    to: 'processing',
    kind,
    data,
  })

  it('are what it took, before what it announced, and none where it names none', () => {
    const announced = event('accepted', { estimatedCredits: 25 })
    expect(creditsOf([announced])).toEqual({ credits: 25, exact: false })
    expect(creditsOf([announced, event('made', { credits: 24 })])).toEqual({ credits: 24, exact: true })
    expect(creditsOf([event('accepted', { providerJobId: 'a' }), event('made', {})])).toBeNull()
  })
})
