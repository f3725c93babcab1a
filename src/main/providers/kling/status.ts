import type { Money } from '@shared/contract'
import { z } from 'zod'
import type { JobRecord } from '../../history'
import type { ProviderStatus } from '../types'
import { failedTask } from './errors'
import { costOf, unitMicros } from './models'
import type { KlingPlace } from './place'
import { taskTypes, type TaskType } from './request'

/** A task as Kling tells it (KlingAI API documentation, "Query Task"); ids have more digits than a number can hold. */
export const Task = z.object({
  task_id: z.string().min(1),
  // A word that is not known yet is no reason to lose a paid job.
  task_status: z.string().catch(''),
  task_status_msg: z.string().nullish().catch(null),
  task_info: z.object({ external_task_id: z.string().nullish() }).nullish().catch(null),
  task_result: z
    .object({ videos: z.array(z.object({ url: z.string().min(1) })).nullish() })
    .nullish()
    .catch(null),
  /** Units that were really taken, as a text; some gateways make it a number. */
  final_unit_deduction: z.union([z.string(), z.number()]).nullish().catch(null),
})
export type Task = z.output<typeof Task>

/** What Kling says of a task, as the engine understands it. It tells no progress. */
export function statusOf(
  task: Task,
  job: Pick<JobRecord, 'price' | 'params'>,
  kind: KlingPlace['kind'],
): ProviderStatus {
  switch (task.task_status.toLowerCase()) {
    case 'submitted':
      return { kind: 'queued' }
    case 'succeed':
    case 'succeeded': {
      const videos = task.task_result?.videos ?? []
      const outputs = videos.map(({ url }) => ({ ref: url, bytes: null, sha256: null }))
      return { kind: 'succeeded', outputs, ...paid(task, job, kind) }
    }
    case 'failed': {
      const units = unitsOf(task)
      const cost = units !== null && units > 0 && kind === 'global' ? { cost: moneyOf(units) } : {}
      return { kind: 'failed', error: failedTask(task.task_status_msg ?? '', units), ...cost }
    }
    default:
      return { kind: 'processing', progress: null }
  }
}

/** Units that Kling took for a task; null where it does not tell. */
export function unitsOf({ final_unit_deduction: told }: Pick<Task, 'final_unit_deduction'>): number | null {
  if (told === null || told === undefined || told === '') return null
  const units = Number(told)
  return Number.isFinite(units) && units >= 0 ? units : null
}

const moneyOf = (units: number): Money => ({ micros: Math.round(units * unitMicros), currency: 'USD' })

/**
 * The units are exact, and so is their price in dollars at the global service. In China they are paid in yuan, and what a relay
 * charges is its own affair: there it is computed.
 */
function paid(
  task: Task,
  { price, params }: Pick<JobRecord, 'price' | 'params'>,
  kind: KlingPlace['kind'],
): { cost?: Money; costKind?: 'exact' | 'computed' } {
  const units = unitsOf(task)
  if (units !== null && kind !== 'relay') {
    return { cost: moneyOf(units), costKind: kind === 'global' ? 'exact' : 'computed' }
  }
  const cost = price === null ? null : costOf(price, params)
  return cost === null ? {} : { cost, costKind: 'computed' }
}

/** A task's id with the door that it has to be asked for at, as a job keeps it: `image2video/827297867001249878`. */
export function jobIdOf(type: TaskType, taskId: string): string {
  return `${type}/${taskId}`
}

/** Door and id of {@link jobIdOf}; null for anything else. */
export function readJobId(id: string): { type: TaskType; taskId: string } | null {
  const type = taskTypes.find((known) => id.startsWith(`${known}/`))
  const taskId = type === undefined ? '' : id.slice(type.length + 1)
  return type === undefined || taskId === '' ? null : { type, taskId }
}
