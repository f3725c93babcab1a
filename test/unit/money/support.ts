import { Settings, type Money } from '../../../src/shared/contract'
import { createPurse, type PurseDeps } from '../../../src/main/money'
import type { ConnectionRecord, SpendingLine, SpendingStore } from '../../../src/main/history'

export const usd = (units: number): Money => ({ micros: Math.round(units * 1_000_000), currency: 'USD' })
export const credits = (units: number): Money => ({ micros: units * 1_000_000, currency: 'credits' })

let made = 0
/** A job that was made, paid and computed to 7.50 USD, with what a test says otherwise. */
export function line(values: Partial<SpendingLine> = {}): SpendingLine {
  made += 1
  return {
    jobId: `job-${made}`,
    at: Date.UTC(2026, 10, 21, 9),
    state: 'completed',
    provider: 'luma-ray2',
    model: 'luma-ray2',
    connectionId: 'aws',
    charged: 'yes',
    cost: usd(7.5),
    costKind: 'computed',
    estimate: usd(7.5),
    durationMs: 5000,
    prompt: 'A lighthouse at dusk',
    ...values,
  }
}

/** Lines in memory, answered as the history does, from one moment up to and without another; a sum is of one job. */
export const books = (lines: SpendingLine[]): SpendingStore => ({
  sums: (from, to) =>
    lines
      .filter(({ at }) => at >= from && at < to)
      .map(({ durationMs, ...line }) => ({
        ...line,
        jobs: 1,
        videos: durationMs === null ? 0 : 1,
        videoMs: durationMs ?? 0,
      })),
  first: (from) =>
    lines.reduce<number | null>(
      (least, { at }) => (at >= from && (least === null || at < least) ? at : least),
      null,
    ),
  *lines(from, to) {
    yield* lines.filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at)
  },
})

export function connection(values: Partial<ConnectionRecord> = {}): ConnectionRecord {
  return {
    id: 'aws',
    provider: 'luma-ray2',
    label: 'Studio account',
    enabled: true,
    settings: {},
    secrets: [],
    concurrency: null,
    budget: null,
    tested: null,
    createdAt: 0,
    updatedAt: 0,
    removedAt: null,
    ...values,
  }
}

/** A purse over lines, with the person's choices; it is the 21st of November 2026, and the calendar is UTC's. */
export function purse(
  lines: SpendingLine[],
  given: {
    settings?: Partial<Settings>
    connections?: ConnectionRecord[]
    timeZone?: string
    now?: number
  } = {},
) {
  const connections = given.connections ?? [connection()]
  const deps: PurseDeps = {
    spending: books(lines),
    connections: {
      all: () => connections.filter(({ removedAt }) => removedAt === null),
      get: (id) => connections.find((one) => one.id === id) ?? null,
    },
    settings: { get: () => Settings.parse(given.settings ?? {}) },
    clock: { now: () => given.now ?? Date.UTC(2026, 10, 21, 9) },
    timeZone: given.timeZone ?? 'UTC',
  }
  return createPurse(deps)
}
