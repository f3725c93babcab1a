import type { RelayShape, SimTask } from './state'

const words: Record<RelayShape, Record<SimTask['status'], string>> = {
  reverse: {
    PENDING: 'pending',
    THROTTLED: 'pending',
    RUNNING: 'processing',
    SUCCEEDED: 'completed',
    FAILED: 'failed',
    CANCELLED: 'cancelled',
  },
  official: {
    PENDING: 'PENDING',
    THROTTLED: 'THROTTLED',
    RUNNING: 'RUNNING',
    SUCCEEDED: 'SUCCEEDED',
    FAILED: 'FAILED',
    CANCELLED: 'CANCELLED',
  },
  wrapped: {
    PENDING: 'submitted',
    THROTTLED: 'submitted',
    RUNNING: 'processing',
    SUCCEEDED: 'success',
    FAILED: 'failed',
    CANCELLED: 'canceled',
  },
  founding: {
    PENDING: 'processing',
    THROTTLED: 'processing',
    RUNNING: 'processing',
    SUCCEEDED: 'completed',
    FAILED: 'failed',
    CANCELLED: 'failed',
  },
}

/** A task as a gateway of this shape tells it; `url` is its video's, where there is one. */
export function relayAnswer(shape: RelayShape, task: SimTask, url: string): unknown {
  const state = words[shape][task.status]
  const video = task.status === 'SUCCEEDED' ? url : null
  const failure = task.failure?.failure ?? null
  switch (shape) {
    case 'reverse':
      return {
        id: task.id,
        prompt: task.body['promptText'] ?? '',
        state,
        queue_state: null,
        created_at: task.createdAt,
        batch_id: '',
        video,
        video_raw: video,
        liked: null,
        estimate_wait_seconds: null,
        thumbnail: null,
        last_frame: null,
        ...(failure === null ? {} : { failure }),
      }
    case 'official':
      return {
        id: task.id,
        status: state,
        createdAt: task.createdAt,
        ...(task.status === 'RUNNING' ? { progress: 0.5 } : {}),
        ...(video === null ? {} : { output: [video] }),
        ...(failure === null ? {} : { failure }),
      }
    case 'wrapped':
      return {
        code: 'success',
        message: '',
        data: {
          task_id: task.id,
          task_status: state,
          progress: task.status === 'RUNNING' ? '50%' : '0%',
          ...(video === null ? {} : { task_result: { videos: [{ url: video }] } }),
          ...(failure === null ? {} : { fail_reason: failure }),
        },
      }
    case 'founding':
      return { status: state, video_url: video, error: failure }
  }
}
