import type { ProviderStray } from '../types'
import type { At, Client } from './client'
import type { TaskType } from './doors'
import { importedModel } from './imported'
import { jobIdOf } from './status'
import type { Task } from './task'

/** Tasks of one page, and pages of one door, at most: no account is asked without an end. */
const pageSize = 100
const mostPages = 20

/**
 * Tasks of the account since `since` (ms) that are videos of text or of images (KlingAI API documentation, "Query Task
 * (List)"). Pages are taken as they come, until one holds nothing that young. Throws a `ProviderError`.
 */
export async function strays(client: Client, at: At, since: number): Promise<ProviderStray[]> {
  const found: ProviderStray[] = []
  for (const type of ['text2video', 'image2video'] as const) {
    for (let page = 1; page <= mostPages; page += 1) {
      const tasks = await client.list(at, type, page, pageSize)
      const young = tasks.filter(({ createdAt }) => createdAt !== null && createdAt >= since)
      found.push(...young.map((task) => strayOf(type, task)))
      if (tasks.length < pageSize || young.length === 0) break
    }
  }
  return found
}

function strayOf(type: TaskType, task: Task): ProviderStray {
  return {
    providerJobId: jobIdOf(type, task.id),
    model: importedModel.info.id,
    state: stateOf(task.status),
    submittedAt: task.createdAt ?? 0,
    place: null,
    params: {},
    token: task.token,
  }
}

function stateOf(status: string): ProviderStray['state'] {
  if (status === 'succeed' || status === 'succeeded') return 'succeeded'
  return status === 'failed' ? 'failed' : 'processing'
}
