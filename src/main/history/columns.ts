import { z } from 'zod'
import {
  Charged,
  Id,
  JobError,
  JobInput,
  JobState,
  Money,
  Price,
  WaitReason,
  WireRequest,
} from '@shared/contract'
import type { JobPatch, JobRecord } from './types'

/** A document kept as JSON text; text that is none is an issue like any other. */
export function json<T extends z.ZodType>(type: T) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' })
        return z.NEVER
      }
    })
    .pipe(type)
}

/** A truth kept as 0 or 1. */
export const flag = z.union([z.literal(0), z.literal(1)]).transform((bit) => bit === 1)
const time = z.int().nullable()
const text = z.string().nullable()

const StoredJob = z.object({
  seq: z.int(),
  id: Id,
  batchId: text,
  retryOf: text,
  turn: z.int().nullable(),
  paused: flag,
  state: JobState,
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  connectionId: text,
  endpoint: text,
  place: json(z.record(z.string(), z.unknown())).nullable(),
  params: json(z.record(z.string(), z.unknown())),
  inputs: json(z.array(JobInput)),
  request: json(WireRequest).nullable(),
  providerJobId: text,
  idempotencyToken: z.string(),
  submitAttemptedAt: time,
  attempts: z.int(),
  nextAt: time,
  retryAfter: time,
  startedAt: time,
  usualMs: time,
  waiting: WaitReason.nullable(),
  delayed: flag,
  progress: z.number().nullable(),
  estimate: Money.nullable(),
  priceDate: text,
  price: json(Price).nullable(),
  cost: Money.nullable(),
  costKind: z.enum(['exact', 'computed']).nullable(),
  charged: Charged,
  error: json(JobError).nullable(),
  errorRaw: text,
  outputs: json(z.unknown()).nullable(),
  cancelRequested: flag,
  outputPath: text,
  sha256: text,
  bytes: z.int().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  fps: z.number().nullable(),
  durationMs: z.int().nullable(),
  fileMissing: flag,
  ratio: z.number().nullable(),
  favourite: flag,
  createdAt: z.int(),
  updatedAt: z.int(),
  finishedAt: time,
  removedAt: time,
  removedFile: z.enum(['keep', 'trash']).nullable(),
}) satisfies z.ZodType<JobRecord>

type Field = keyof JobRecord
type Stored = Record<string, unknown>

const fields = Object.keys(StoredJob.shape) as Field[]
const documents: ReadonlySet<string> = new Set<Field>([
  'params',
  'inputs',
  'request',
  'error',
  'outputs',
  'place',
  'price',
])
const amounts: ReadonlySet<string> = new Set<Field>(['estimate', 'cost'])

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const columnNames = new Map<string, string>(fields.map((field) => [field, snake(field)]))

/** `SELECT` of whole jobs, under the names of their fields. */
export const selectJob = `SELECT ${fields
  .flatMap((field) => (amounts.has(field) ? [`${field}Micros`, `${field}Currency`] : [field]))
  .map((name) => `${snake(name)} AS ${name}`)
  .join(', ')} FROM job`

/** An amount of money kept in two columns. */
export const amount = (row: Stored, field: 'estimate' | 'cost') =>
  row[`${field}Micros`] === null ? null : { micros: row[`${field}Micros`], currency: row[`${field}Currency`] }

/** Parses a row of {@link selectJob}; the issue says which column cannot be read. */
export function parseJob(row: Stored) {
  return StoredJob.safeParse({ ...row, estimate: amount(row, 'estimate'), cost: amount(row, 'cost') })
}

/** Fields of a job as columns, ready to bind. A field that is `undefined` is left out. */
export function toColumns(values: Partial<JobRecord> | JobPatch): Record<string, string | number | null> {
  const columns: Record<string, string | number | null> = {}
  for (const [field, value] of Object.entries(values)) {
    const column = columnNames.get(field)
    if (column === undefined || value === undefined) continue
    if (amounts.has(field)) {
      const money = value as JobRecord['cost']
      columns[`${column}_micros`] = money?.micros ?? null
      columns[`${column}_currency`] = money?.currency ?? null
    } else if (value === null) columns[column] = null
    else if (documents.has(field)) columns[column] = JSON.stringify(value)
    else if (typeof value === 'boolean') columns[column] = value ? 1 : 0
    else columns[column] = value as string | number
  }
  return columns
}
