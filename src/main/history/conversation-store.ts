import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { Conversation, Money } from '@shared/contract'
import { issue, StudioError } from '@shared/problems'
import { createSearch } from './search'
import type { AssistantStore } from './types'

const Row = z.object({
  seq: z.int(),
  id: Conversation.shape.id,
  title: z.string(),
  createdAt: z.int(),
  updatedAt: z.int(),
  exchanges: z.int(),
})
const Place = z.tuple([z.int(), z.int()])

/** Lists, finds, names and deletes conversations. */
export function createConversationStore(
  db: Database,
): Pick<AssistantStore, 'conversations' | 'conversation' | 'rename' | 'remove'> {
  const select = `
    SELECT seq, id, title, created_at AS createdAt, updated_at AS updatedAt,
      (SELECT count(*) FROM exchange WHERE conversation_id = conversation.id) AS exchanges
    FROM conversation`
  const before = '(updated_at, seq) < (@updatedAt, @seq) ORDER BY updated_at DESC, seq DESC LIMIT @limit'
  const page = db.prepare(`${select} WHERE ${before}`)
  const among = db.prepare(`${select} WHERE seq IN (SELECT value FROM json_each(@found)) AND ${before}`)
  const byId = db.prepare<[string]>(`${select} WHERE id = ?`)
  const spent = db.prepare<[string]>(`
    SELECT sum(cost_micros) AS micros, cost_currency AS currency FROM exchange
    WHERE conversation_id = ? AND cost_micros IS NOT NULL GROUP BY cost_currency ORDER BY cost_currency`)
  const rename = db.prepare<[string, string]>('UPDATE conversation SET title = ? WHERE id = ?')
  const remove = db.prepare<[string]>('DELETE FROM conversation WHERE id = ?')
  const ofExchanges = db
    .prepare<[string], number>(
      `SELECT DISTINCT conversation.seq FROM exchange JOIN conversation ON conversation.id = conversation_id
       WHERE exchange.seq IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
  const titles = createSearch(db, {
    index: 'conversation_search',
    text: 'SELECT title FROM conversation WHERE seq = ?',
  })
  const words = createSearch(db, {
    index: 'exchange_search',
    text: `SELECT words || ' ' || prompt || ' ' || answer FROM exchange WHERE seq = ?`,
  })

  const read = (row: unknown): { conversation: Conversation; seq: number } => {
    const { seq, ...rest } = Row.parse(row)
    return { seq, conversation: { ...rest, cost: z.array(Money).parse(spent.all(rest.id)) } }
  }

  /** Conversations whose title, or one exchange in them, has all the words; null when there is no word. */
  const find = (q: string): number[] | null => {
    titles.forget()
    words.forget()
    const named = titles.find(q)?.list() ?? null
    if (named === null) return null
    const told = ofExchanges.all(JSON.stringify(words.find(q)?.list() ?? []))
    return [...new Set([...named, ...told])]
  }

  return {
    conversations(q, cursor, limit) {
      const place = readPlace(cursor)
      const found = q === undefined ? null : find(q)
      const bound = { ...place, limit: limit + 1 }
      const rows = (
        found === null ? page.all(bound) : among.all({ ...bound, found: JSON.stringify(found) })
      ).map(read)
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        conversations: shown.map(({ conversation }) => conversation),
        nextCursor: rows.length > limit && last ? writePlace(last.conversation.updatedAt, last.seq) : null,
      }
    },
    conversation(id) {
      const row = byId.get(id)
      return row === undefined ? null : read(row).conversation
    },
    rename: (id, title) => rename.run(title, id).changes === 1,
    remove: (id) => remove.run(id).changes === 1,
  }
}

const writePlace = (updatedAt: number, seq: number) =>
  Buffer.from(JSON.stringify([updatedAt, seq])).toString('base64url')

function readPlace(cursor: string | undefined): { updatedAt: number; seq: number } {
  if (cursor === undefined) return { updatedAt: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER }
  try {
    const [updatedAt, seq] = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return { updatedAt, seq }
  } catch (cause) {
    const issues = [issue(['cursor'], 'list.cursor')]
    throw new StudioError('invalid_request', 'request.invalid', { issues, cause })
  }
}
