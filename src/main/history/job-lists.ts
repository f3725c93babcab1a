import type { Database } from 'better-sqlite3'
import type { JobCounts, ParsedJobFilter } from '@shared/contract'
import { runningStates } from '@shared/words'
import type { Cards } from './cards'
import { readCursor, writeCursor } from './cursor'
import type { Roster } from './roster'
import type { Search } from './search'
import { Seqs } from './seqs'
import type { JobLists, JobStore } from './types'

const running: ReadonlySet<string> = new Set(runningStates)

/** The gallery's side: ordered lists from the roster, cards from the table, words from the search index. */
export function createJobLists(
  db: Database,
  {
    roster,
    search,
    cards,
    events,
  }: { roster: Roster; search: Search; cards: Cards; events: JobStore['events'] },
): JobLists {
  const ofBatch = db.prepare<[string], number>('SELECT seq FROM job WHERE batch_id = ? ORDER BY seq').pluck()

  const testOf = (filter: ParsedJobFilter) => {
    const found = filter.q === undefined ? null : search.find(filter.q)
    if (filter.batchId === undefined) return roster.test(filter, found)
    const batch = ofBatch.all(filter.batchId)
    return roster.test(filter, Seqs.of(found ? batch.filter((seq) => found.has(seq)) : batch))
  }

  const index: JobLists['index'] = (filter, sort, cursor, limit) => {
    const { seqs, last } = roster.list(testOf(filter), sort, readCursor(sort, cursor), limit)
    return { seqs, nextCursor: last && writeCursor(sort, last) }
  }

  return {
    index,
    page(filter, sort, cursor, limit) {
      const { seqs, nextCursor } = index(filter, sort, cursor, limit)
      return { jobs: cards.rows(seqs), nextCursor }
    },
    rows: (seqs) => cards.rows(seqs),
    row: (id) => cards.row(id),
    detail: (id) => cards.detail(id, () => events(id)),
    counts(filter) {
      const counts: JobCounts = { all: 0, running: 0, attention: 0, failed: 0, completed: 0, favourites: 0 }
      roster.each(testOf(filter), (state, favourite) => {
        counts.all += 1
        if (running.has(state)) counts.running += 1
        else if (state === 'needs_attention') counts.attention += 1
        else if (state === 'failed') counts.failed += 1
        else if (state === 'completed') counts.completed += 1
        if (favourite) counts.favourites += 1
      })
      return counts
    },
  }
}
