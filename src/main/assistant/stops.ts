import type { Exchange, JobError } from '@shared/contract'
import { saying } from './errors'

/** How an answer stands that the model has ended for this reason (Bedrock API Reference, MessageStopEvent). */
export function endOf(
  stopReason: string,
  answer: string,
): { state: Exclude<Exchange['state'], 'streaming' | 'stopped'>; error: JobError | null } {
  switch (stopReason) {
    case 'content_filtered':
      return { state: 'refused', error: saying('moderated', 'assistant.filtered') }
    case 'guardrail_intervened':
      return { state: 'refused', error: saying('moderated', 'assistant.guardrail') }
    case 'refusal':
      return { state: 'refused', error: saying('moderated', 'assistant.modelRefused') }
    case 'model_context_window_exceeded':
      return { state: 'broken', error: saying('invalid_request', 'assistant.contextFull') }
    case 'malformed_model_output':
    case 'malformed_tool_use':
      return { state: 'failed', error: saying('bad_output', 'assistant.malformed') }
    default:
      return answer.trim() === ''
        ? { state: 'failed', error: saying('bad_output', 'assistant.empty') }
        : { state: 'done', error: null }
  }
}
