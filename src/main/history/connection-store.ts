import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { Id, Money, SecretInfo, TestResult } from '@shared/contract'
import { flag, json } from './columns'
import type { ConnectionRecord, ConnectionStore } from './types'

const Stored = z.object({
  id: Id,
  provider: z.string(),
  label: z.string(),
  enabled: flag,
  settings: json(z.record(z.string(), z.unknown())),
  secrets: json(z.array(SecretInfo.extend({ sentTo: z.array(z.string()).optional() }))),
  concurrency: z.int().nullable(),
  budget: Money.nullable(),
  tested: json(TestResult).nullable().catch(null),
  createdAt: z.int(),
  updatedAt: z.int(),
  removedAt: z.int().nullable(),
}) satisfies z.ZodType<ConnectionRecord>

const select = `
  SELECT id, provider, label, enabled, settings, secrets, concurrency, budget_micros AS budgetMicros,
    budget_currency AS budgetCurrency, tested, created_at AS createdAt, updated_at AS updatedAt,
    removed_at AS removedAt
  FROM connection`

type Row = Record<string, unknown>

/** Keeps accounts at providers: everything but their secrets. */
export function createConnectionStore(db: Database): ConnectionStore {
  const all = db.prepare<[], Row>(`${select} WHERE removed_at IS NULL ORDER BY created_at, id`)
  const byId = db.prepare<[string], Row>(`${select} WHERE id = ?`)
  const insert = db.prepare(`
    INSERT INTO connection (id, provider, label, enabled, settings, secrets, concurrency, budget_micros,
      budget_currency, tested, created_at, updated_at, removed_at)
    VALUES (@id, @provider, @label, @enabled, @settings, @secrets, @concurrency, @budgetMicros,
      @budgetCurrency, @tested, @createdAt, @updatedAt, @removedAt)`)
  const update = db.prepare(`
    UPDATE connection SET label = @label, enabled = @enabled, settings = @settings, secrets = @secrets,
      concurrency = @concurrency, budget_micros = @budgetMicros, budget_currency = @budgetCurrency,
      tested = @tested, updated_at = @updatedAt, removed_at = @removedAt
    WHERE id = @id AND removed_at IS NULL`)

  const read = (row: Row): ConnectionRecord => {
    const { budgetMicros: micros, budgetCurrency: currency, ...rest } = row
    return Stored.parse({ ...rest, budget: micros === null ? null : { micros, currency } })
  }
  const bind = ({ budget, ...connection }: ConnectionRecord) => ({
    ...connection,
    enabled: connection.enabled ? 1 : 0,
    settings: JSON.stringify(connection.settings),
    secrets: JSON.stringify(connection.secrets),
    tested: connection.tested === null ? null : JSON.stringify(connection.tested),
    budgetMicros: budget?.micros ?? null,
    budgetCurrency: budget?.currency ?? null,
  })
  const get = (id: string) => {
    const row = byId.get(id)
    return row === undefined ? null : read(row)
  }

  return {
    all: () => all.all().map(read),
    get,
    insert: (connection) => void insert.run(bind(connection)),
    update: db.transaction((id: string, patch: Parameters<ConnectionStore['update']>[1]) => {
      const before = get(id)
      return before !== null && update.run(bind({ ...before, ...patch })).changes === 1
    }),
  }
}
