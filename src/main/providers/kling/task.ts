import { z } from 'zod'

/** What a task costs in money, where the API of 2026 says so; the amount as it came. */
const Billing = z.object({
  charge_type: z.string(),
  amount: z.coerce.number(),
  currency: z.string().nullish().catch(null),
})

/** A task as the older API tells it (KlingAI API documentation, "Query Task"); ids have more digits than a number can hold. */
const OlderTask = z.object({
  task_id: z.string().min(1),
  // A word that is not known yet is no reason to lose a paid job.
  task_status: z.string().catch(''),
  task_status_msg: z.string().nullish().catch(null),
  created_at: z.coerce.number().nullish().catch(null),
  task_info: z.object({ external_task_id: z.string().nullish() }).nullish().catch(null),
  task_result: z
    .object({ videos: z.array(z.object({ url: z.string().min(1) })).nullish() })
    .nullish()
    .catch(null),
  /** Units that were really taken, as a text; some gateways make it a number. */
  final_unit_deduction: z.union([z.string(), z.number()]).nullish().catch(null),
})

/** A task as the API of 2026 tells it (KlingAI API documentation, "Query Tasks"). */
const NewerTask = z.object({
  id: z.string().min(1),
  status: z.string().catch(''),
  message: z.string().nullish().catch(null),
  create_time: z.coerce.number().nullish().catch(null),
  external_id: z.string().nullish().catch(null),
  outputs: z
    .array(z.object({ type: z.string(), url: z.string().min(1) }))
    .nullish()
    .catch(null),
  billing: z.array(Billing).nullish().catch(null),
})

/** A task, whichever API told it. */
export interface Task {
  id: string
  status: string
  message: string
  /** Milliseconds; null where it is not told. */
  createdAt: number | null
  /** Our own token, where it is told. */
  token: string | null
  /** Addresses of its videos, while they are good. */
  videos: string[]
  /** Units of a resource pack that it took; null where it does not tell. */
  units: number | null
  /** Money that it took; null where it does not tell. */
  cash: { amount: number; currency: string } | null
}

/** Reads a task of either shape; null for anything else. */
export function readTask(data: unknown): Task | null {
  const older = OlderTask.safeParse(data)
  if (older.success) {
    const { task_id, task_status, task_status_msg, task_info, task_result, final_unit_deduction } = older.data
    return {
      id: task_id,
      status: task_status.toLowerCase(),
      message: task_status_msg ?? '',
      createdAt: older.data.created_at ?? null,
      token: task_info?.external_task_id ?? null,
      videos: (task_result?.videos ?? []).map(({ url }) => url),
      units: unitsOf(final_unit_deduction),
      cash: null,
    }
  }
  const newer = NewerTask.safeParse(data)
  if (!newer.success) return null
  const { id, status, message, external_id, outputs, billing } = newer.data
  const units = (billing ?? []).filter(({ charge_type }) => charge_type === 'unit')
  const cash = billing?.find(({ charge_type }) => charge_type === 'cash')
  return {
    id,
    status: status.toLowerCase(),
    message: message ?? '',
    createdAt: newer.data.create_time ?? null,
    token: external_id ?? null,
    videos: (outputs ?? []).flatMap(({ type, url }) => (type === 'video' ? [url] : [])),
    units: units.length === 0 ? null : units.reduce((sum, { amount }) => sum + amount, 0),
    cash: cash?.currency ? { amount: cash.amount, currency: cash.currency } : null,
  }
}

function unitsOf(told: string | number | null | undefined): number | null {
  if (told === null || told === undefined || told === '') return null
  const units = Number(told)
  return Number.isFinite(units) && units >= 0 ? units : null
}
