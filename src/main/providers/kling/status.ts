import type { Money } from '@shared/contract'
import type { JobRecord } from '../../history'
import type { ProviderStatus } from '../types'
import { taskTypes, type TaskType } from './doors'
import { failedTask } from './errors'
import { costOf, unitMicros } from './models'
import type { KlingPlace } from './place'
import type { Task } from './task'

type Kind = KlingPlace['kind']

/** What Kling says of a task, as the engine understands it. It tells no progress. */
export function statusOf(task: Task, job: Pick<JobRecord, 'price' | 'params'>, kind: Kind): ProviderStatus {
  switch (task.status) {
    case 'submitted':
      return { kind: 'queued' }
    // The older API has the first of them, the one of 2026 the second.
    case 'succeed':
    case 'succeeded': {
      const outputs = task.videos.map((ref) => ({ ref, bytes: null, sha256: null }))
      return { kind: 'succeeded', outputs, ...paid(task, job, kind) }
    }
    case 'failed': {
      const taken = takenBy(task)
      const cost = taken !== null && taken.micros > 0 && kind === 'global' ? { cost: taken } : {}
      return { kind: 'failed', error: failedTask(task.message, taken && taken.micros > 0), ...cost }
    }
    default:
      return { kind: 'processing', progress: null }
  }
}

/** What a task took in money, units at their list price in dollars; null where it does not tell. */
function takenBy({ units, cash }: Pick<Task, 'units' | 'cash'>): Money | null {
  if (cash !== null) return { micros: Math.round(cash.amount * 1_000_000), currency: cash.currency }
  return units === null ? null : { micros: Math.round(units * unitMicros), currency: 'USD' }
}

/**
 * Money is exact as it is told. Units are too, and so is their price in dollars at the global service; in China they are paid in
 * yuan, and what a relay charges is its own affair: there it is computed.
 */
function paid(
  task: Task,
  { price, params }: Pick<JobRecord, 'price' | 'params'>,
  kind: Kind,
): { cost?: Money; costKind?: 'exact' | 'computed' } {
  const taken = kind === 'relay' ? null : takenBy(task)
  if (taken !== null) {
    return { cost: taken, costKind: kind === 'global' || task.cash !== null ? 'exact' : 'computed' }
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
