import type { Database } from 'better-sqlite3'
import { reordered, type Place } from '@shared/queue'
import { runningStates } from '@shared/words'
import { selectJob } from './columns'
import type { JobReader } from './job-reader'
import type { QueueStore } from './types'

const running = `state IN (${runningStates.map((state) => `'${state}'`).join(', ')})`
const inOrder = `ORDER BY state = 'queued', CASE WHEN state = 'queued' THEN coalesce(turn, seq) ELSE created_at END, seq`

/** The order of the queue, and its changes. */
export function createQueueStore(db: Database, reader: JobReader): QueueStore {
  const unfinished = db.prepare(`${selectJob} WHERE ${running} AND removed_at IS NULL ${inOrder}`)
  const turns = db.prepare<[], { id: string; turn: number }>(
    `SELECT id, coalesce(turn, seq) AS turn FROM job WHERE state = 'queued' AND removed_at IS NULL ${inOrder}`,
  )
  const give = db.prepare<[number, string]>(`UPDATE job SET turn = ? WHERE id = ? AND state = 'queued'`)
  const seqs = db
    .prepare<[number], number>(
      `SELECT seq FROM job WHERE ${running} AND removed_at IS NULL ${inOrder} LIMIT ?`,
    )
    .pluck()
  const order = db
    .prepare<[], number>(
      `SELECT seq FROM job WHERE state = 'queued' AND removed_at IS NULL ORDER BY coalesce(turn, seq), seq`,
    )
    .pluck()
  const counts = db.prepare<[], { working: number; waiting: number }>(
    `SELECT count(*) FILTER (WHERE state <> 'queued') AS working, count(*) FILTER (WHERE state = 'queued') AS waiting
     FROM job WHERE ${running} AND removed_at IS NULL`,
  )
  const known = db.prepare<[string]>('SELECT 1 FROM job WHERE batch_id = ? AND removed_at IS NULL LIMIT 1')
  const batch = db.prepare<[string]>(
    `${selectJob} WHERE batch_id = ? AND ${running} AND removed_at IS NULL ${inOrder}`,
  )

  const move = db.transaction((ids: readonly string[], to: Place): ReturnType<QueueStore['move']> => {
    const before = turns.all()
    const order = before.map(({ id }) => id)
    if (!ids.some((id) => order.includes(id))) return 'not_queued'
    const after = reordered(order, ids, to)
    if (!after) return 'place_gone'
    const changed = new Map<string, number>()
    for (const [place, id] of after.entries()) {
      const turn = before[place]?.turn
      if (turn === undefined || before[place]?.id === id) continue
      if (give.run(turn, id).changes === 1) changed.set(id, turn)
    }
    return changed
  })

  return {
    unfinished: () => reader.many(unfinished.all()),
    view: (limit) => ({ ...(counts.get() ?? { working: 0, waiting: 0 }), seqs: seqs.all(limit) }),
    order: () => order.all(),
    batch: (id) => (known.get(id) === undefined ? null : reader.many(batch.all(id))),
    move: (ids, to) => move.immediate(ids, to),
  }
}
