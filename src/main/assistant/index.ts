export { claudeHolder } from './connection'
export { createAssistant } from './create'
export { claudeId, type Assistant, type AssistantDeps } from './types'
export type { Stream } from './stream'
