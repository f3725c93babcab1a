import type { MediaTaskState } from '../../media'
import type { ProviderStatus } from '../types'
import { renderFailed } from './errors'

/** What the broker says of a task, as the engine understands it. */
export function statusOf(taskId: string, state: MediaTaskState): ProviderStatus {
  switch (state.kind) {
    case 'waiting':
      if (state.disk) return { kind: 'processing', progress: null, waiting: 'disk' }
      return { kind: 'processing', progress: null, waiting: state.worker ? 'turn' : 'window' }
    case 'running':
      return { kind: 'processing', progress: state.done / state.total }
    case 'done':
      return { kind: 'succeeded', outputs: [{ ref: taskId, bytes: state.bytes, sha256: state.sha256 }] }
    case 'failed':
      return { kind: 'failed', error: renderFailed(state) }
    case 'unknown':
      return { kind: 'lost' }
  }
}
