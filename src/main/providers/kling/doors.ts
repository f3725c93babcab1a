import type { JobRecord } from '../../history'
import { turbo } from './turbo'

/**
 * Where a task is begun and asked for: the two doors of the API that all older models have, and the one of the API of 2026
 * (KlingAI API documentation, "Kling 3.0 Turbo"), which takes an API key only.
 */
export const taskTypes = ['text2video', 'image2video', 'task'] as const
export type TaskType = (typeof taskTypes)[number]

type Asked = Pick<JobRecord, 'model' | 'inputs'>

/** Whether a job has a picture to begin or end with. */
export function isOfImages({ inputs }: Pick<JobRecord, 'inputs'>): boolean {
  return inputs.some(({ role }) => role === 'first' || role === 'last')
}

/** Which door a job goes through. */
export function typeOf(job: Asked): TaskType {
  if (job.model === turbo.id) return 'task'
  return isOfImages(job) ? 'image2video' : 'text2video'
}

/** The path that a job is sent to. */
export function submitPath(job: Asked): string {
  const type = typeOf(job)
  if (type !== 'task') return `/v1/videos/${type}`
  return `/${isOfImages(job) ? 'image-to-video' : 'text-to-video'}/${turbo.wire}`
}

/** The path that a task is asked for at. */
export function taskPath(type: TaskType, taskId: string): string {
  const id = encodeURIComponent(taskId)
  return type === 'task' ? `/tasks?task_ids=${id}` : `/v1/videos/${type}/${id}`
}

/** The path of a page of all tasks behind a door of the older API. */
export function listPath(type: TaskType, page: number, size: number): string {
  return `/v1/videos/${type}?pageNum=${page}&pageSize=${size}`
}

/** The path that a task is looked for at by our own token. */
export function findPath(type: TaskType, token: string): string {
  const own = encodeURIComponent(token)
  return type === 'task' ? `/tasks?external_task_ids=${own}` : `/v1/videos/${type}?external_task_id=${own}`
}
