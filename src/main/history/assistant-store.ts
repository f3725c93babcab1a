import type { Database } from 'better-sqlite3'
import { createConversationStore } from './conversation-store'
import { createExchangeStore } from './exchange-store'
import { createStyleStore } from './style-store'
import type { AssistantStore } from './types'

/** Keeps what was asked of the assistant and what came of it. */
export function createAssistantStore(db: Database): AssistantStore {
  return { ...createExchangeStore(db), ...createConversationStore(db), ...createStyleStore(db) }
}
