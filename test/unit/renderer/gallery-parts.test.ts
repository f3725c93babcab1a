import { Charged, JobError, WaitReason, type ModelInfo } from '@shared/contract'
import { jobStates } from '@shared/words'
import { describe, expect, it } from 'vitest'
import { geometryOf, moved, overscanOf, rescroll } from '../../../src/renderer/gallery/geometry'
import { priceOf, statusOf, ticks, type StatusContext } from '../../../src/renderer/gallery/status'
import {
  conditionsOf,
  isNarrowed,
  matches,
  noFilter,
  statesOf,
} from '../../../src/renderer/state/jobs/filter'
import { JobOrder } from '../../../src/renderer/state/jobs/order'
import { pick, withoutGone, type SelectionState } from '../../../src/renderer/state/selection'
import en from '../../../src/renderer/messages/en.json' with { type: 'json' }
import zh from '../../../src/renderer/messages/zh-CN.json' with { type: 'json' }
import { row } from './gallery-rows'

const paid: ModelInfo = {
  id: 'ray2',
  provider: 'luma',
  label: 'Ray2',
  summary: '',
  params: {},
  prompt: { required: 'always', max: 1000 },
  inputs: [],
  price: { unit: 'second', micros: 1, currency: 'USD', date: '', source: '' },
  typicalSeconds: 180,
  concurrency: 1,
  cancel: 'stops',
  docs: null,
  servedBy: null,
}
const context: StatusContext = { model: paid, turn: null, queuePaused: false, now: 100_000 }
const video = { width: 1, height: 1, fps: 24, durationMs: 1, bytes: 1, file: 'mp4' as const, missing: false }

describe('geometry', () => {
  it('would leave a gap at the right or draw cards far from the wanted size', () => {
    for (const width of [660, 876, 963, 1336, 2500]) {
      for (const wanted of [160, 232, 420]) {
        const { columns, card } = geometryOf(width, wanted)
        expect(columns * card + (columns - 1) * 14).toBeCloseTo(width)
        expect(card / wanted).toBeGreaterThan(0.74)
        expect(card / wanted).toBeLessThan(1.34)
      }
    }
    expect(geometryOf(963, 232).columns).toBe(4)
    expect(geometryOf(100, 420).columns).toBe(1)
  })

  it('would lose the keyboard at the edges of the grid', () => {
    // Ten cards in four columns: 0-3, 4-7, 8-9.
    const at = (place: number, move: Parameters<typeof moved>[1]) => moved(place, move, 10, 4, 2)
    expect(at(0, 'left')).toBe(0)
    expect(at(9, 'right')).toBe(9)
    expect(at(2, 'up')).toBe(2)
    expect(at(7, 'down')).toBe(9)
    expect(at(1, 'pageDown')).toBe(9)
    expect(at(9, 'pageUp')).toBe(1)
    expect(at(5, 'first')).toBe(0)
    expect(at(5, 'last')).toBe(9)
  })
})

describe('drawing', () => {
  it('would put more than 150 cards into the page of a large window', () => {
    for (const [width, height] of [
      [963, 650],
      [1340, 800],
      [2400, 1300],
    ] as const) {
      const geometry = geometryOf(width, 160)
      const lines = Math.ceil(height / geometry.pitch) + 1 + 2 * overscanOf(height, geometry)
      expect(lines * geometry.columns).toBeLessThanOrEqual(150)
    }
  })

  it('would show other cards after the size of the cards changed', () => {
    const [small, large] = [geometryOf(963, 160), geometryOf(963, 320)]
    const there = rescroll(small.pitch * 30, small, large)
    expect(Math.floor(there / large.pitch) * large.columns).toBeLessThanOrEqual(30 * small.columns)
    expect(Math.ceil(there / large.pitch + 1) * large.columns).toBeGreaterThan(30 * small.columns)
  })
})

describe('what a card says', () => {
  const said = (change: Parameters<typeof row>[1], more: Partial<StatusContext> = {}) => {
    const status = statusOf(row(1, change), { ...context, ...more })
    return [status?.sign, status?.title.key, status?.body?.key]
  }

  it('would cover a finished picture', () => {
    expect(statusOf(row(1), context)).toBeNull()
  })

  it('would call a failure of unknown cost "not charged"', () => {
    const error = { code: 'moderated' as const, key: 'x', message: 'x', hint: null }
    expect(said({ state: 'failed', error, charged: 'no' })).toEqual([
      'failed',
      'failed.moderated',
      'notCharged',
    ])
    expect(said({ state: 'failed', error, charged: 'unknown' })[2]).toBe('mayBeCharged')
    expect(said({ state: 'failed', error, charged: 'yes' })[2]).toBe('charged')
    expect(said({ state: 'needs_attention', charged: 'unknown' })).toEqual([
      'attention',
      'attention',
      'attentionBody',
    ])
    // Its provider went away while it waited: nothing was ever sent.
    expect(said({ state: 'needs_attention', charged: 'no' })).toEqual([
      'attention',
      'attentionFree',
      'notCharged',
    ])
  })

  it('would speak of charges where nothing can cost anything', () => {
    const free: ModelInfo = { ...paid, price: { ...paid.price, unit: 'free', micros: 0 } }
    expect(said({ state: 'cancelled' }, { model: free })[2]).toBe('again')
  })

  it('would promise a time from the first per cent, or none at all later', () => {
    const at = (progress: number | null, startedAt: number) =>
      statusOf(row(1, { state: 'processing', progress, startedAt }), context)
    expect(at(0.01, 90_000)?.body).toBeNull()
    expect(at(0.25, 90_000)?.body).toEqual({ key: 'left', values: { seconds: 30 } })
    expect(at(0.25, 90_000)?.title).toEqual({ key: 'percent', values: { percent: 25 } })
    expect(at(null, 90_000)?.body).toEqual({ key: 'left', values: { seconds: 170 } })
    expect(at(null, -200_000)?.body).toEqual({ key: 'elapsed', values: { seconds: 300 } })
  })

  it('would hide why a job stands still', () => {
    expect(said({ state: 'queued', waiting: 'disk' })).toEqual(['wait', 'wait.disk', 'waitBody.disk'])
    expect(said({ state: 'downloading', waiting: 'folder' })[1]).toBe('wait.folder')
    expect(said({ state: 'queued', waiting: 'turn' }, { turn: 2 })).toEqual(['line', 'turn', 'oneAtATime'])
    expect(said({ state: 'queued' }, { turn: 1 })[1]).toBe('next')
    expect(said({ state: 'queued', waiting: 'paused' }, { queuePaused: true })).toEqual([
      'paused',
      'wait.paused',
      'waitBody.paused',
    ])
    expect(said({ state: 'queued', waiting: 'turn' }, { turn: 2, queuePaused: true })[1]).toBe(
      'wait.queuePaused',
    )
    expect(said({ state: 'processing', waiting: 'network' }, { queuePaused: true })[1]).toBe('wait.network')
    expect(said({ video: { ...video, file: 'mp4' as const, missing: true } })[0]).toBe('missing')
  })

  it('would show an estimate as a cost, or a price for what was not charged', () => {
    const usd = (micros: number) => ({ micros, currency: 'USD' })
    expect(priceOf(row(1, { cost: usd(5), estimate: usd(7) }))).toEqual({ amount: usd(5), estimated: false })
    expect(priceOf(row(1, { finishedAt: null, estimate: usd(7) }))).toEqual({
      amount: usd(7),
      estimated: true,
    })
    expect(priceOf(row(1, { state: 'failed', charged: 'no', estimate: usd(7) }))).toBeNull()
  })

  it('says of a held call that it is at work and how long, and goes on counting: it waits for nothing', () => {
    const held = row(1, { state: 'processing', waiting: 'held', startedAt: context.now - 5_000 })
    expect(statusOf(held, context)).toMatchObject({
      sign: 'ring',
      title: { key: 'holding' },
      body: { key: 'left' },
    })
    expect(ticks(held)).toBe(true)
  })
})

describe('the words of a card', () => {
  const has = (catalogue: unknown, key: string) =>
    key.split('.').reduce((at, part) => (at as Record<string, unknown> | undefined)?.[part], catalogue)

  it('would say a key instead of a sentence', () => {
    const codes = JobError.shape.code.options
    const failures = codes.map((code) => ({ error: { code, key: '', message: '', hint: null } }))
    const changes = [
      ...failures.map((failure) => ({ state: 'failed' as const, ...failure })),
      ...jobStates.map((state) => ({ state })),
      ...WaitReason.options.map((waiting) => ({ state: 'processing' as const, waiting })),
      ...Charged.options.map((charged) => ({ state: 'cancelled' as const, charged })),
      { state: 'queued' as const, waiting: 'paused' as const },
      { state: 'processing' as const, delayed: true },
      { state: 'processing' as const, progress: 0.5, startedAt: 0 },
      { state: 'completed' as const, video: { ...video, file: 'mp4' as const, missing: true } },
    ]
    const phrases = changes.flatMap((change) => {
      const status = statusOf(row(1, change), { ...context, model: undefined })
      return status ? [status.title.key, ...(status.body ? [status.body.key] : [])] : []
    })
    expect(phrases.length).toBeGreaterThan(30)
    for (const catalogue of [en, zh])
      expect(phrases.filter((key) => typeof has(catalogue.card, key) !== 'string')).toEqual([])
  })
})

describe('the filter', () => {
  it('would let a new job into a list it does not belong to', () => {
    const job = row(5, { prompt: 'A Lighthouse at dusk', model: 'ray2', state: 'queued' })
    expect(matches(job, noFilter)).toBe(true)
    expect(matches(job, { ...noFilter, text: 'dusk  LIGHT' })).toBe(true)
    expect(matches(job, { ...noFilter, text: 'dawn' })).toBe(false)
    expect(matches(job, { ...noFilter, group: 'running' })).toBe(true)
    expect(matches(job, { ...noFilter, group: 'favourites' })).toBe(false)
    expect(matches(job, { ...noFilter, models: ['kling'] })).toBe(false)
    expect(matches(job, { ...noFilter, from: 5001 })).toBe(false)
    expect(matches(job, { ...noFilter, to: 4999 })).toBe(false)
  })

  it('would show every state when group and states exclude each other', () => {
    expect(statesOf({ ...noFilter, group: 'running', states: ['queued', 'failed'] })).toEqual(['queued'])
    expect(statesOf({ ...noFilter, group: 'attention', states: ['failed'] })).toEqual([])
    expect(statesOf(noFilter)).toBeNull()
  })

  it('would offer to clear a filter that is not there', () => {
    expect(isNarrowed({ ...noFilter, text: '  ' })).toBe(false)
    expect(isNarrowed({ ...noFilter, from: 1 })).toBe(true)
    expect(conditionsOf({ ...noFilter, from: 1, to: 2, states: ['failed'] })).toBe(2)
  })
})

describe('the selection', () => {
  const order = JobOrder.of([9, 8, 7, 6, 5, 4])
  const none: SelectionState = { chosen: new Set(), anchor: null, focused: null, selecting: false }

  it('would lose the start of a range when the range is drawn anew', () => {
    const first = pick(none, order, 7, 'one')
    const down = pick(first, order, 5, 'range')
    expect([...down.chosen]).toEqual([7, 6, 5])
    const up = pick(down, order, 8, 'range')
    expect([...up.chosen]).toEqual([8, 7])
    expect(up.anchor).toBe(7)
  })

  it('would choose a range to a card that is no longer there', () => {
    const state: SelectionState = { ...none, chosen: new Set([99]), anchor: 99 }
    expect([...pick(state, order, 6, 'range').chosen]).toEqual([6])
  })

  it('would not let go of a card that is toggled twice', () => {
    const twice = pick(pick(none, order, 7, 'toggle'), order, 7, 'toggle')
    expect(twice.chosen.size).toBe(0)
  })

  it('would lose the keyboard when the card it is on is deleted', () => {
    const at = (focused: number, gone: number[]) =>
      withoutGone({ ...none, chosen: new Set(gone), anchor: focused, focused }, order, gone)
    expect(at(7, [7]).focused).toBe(6)
    expect(at(5, [5, 4]).focused).toBe(6)
    expect(at(9, [9, 8, 7, 6, 5, 4]).focused).toBeNull()
    expect(at(7, [5]).focused).toBe(7)
    expect(at(7, [7]).chosen.size).toBe(0)
    expect(at(7, [7]).anchor).toBeNull()
  })
})
