import type { Database, Statement } from 'better-sqlite3'
import type { JobState } from '@shared/contract'
import { selectJob, toColumns } from './columns'
import type { JobReader } from './job-reader'
import type { JobRecord, JobStore, NewEvent, NewJob } from './types'

export type JobWrites = Pick<
  JobStore,
  | 'together'
  | 'insert'
  | 'insertBegun'
  | 'move'
  | 'patch'
  | 'remove'
  | 'restore'
  | 'purge'
  | 'favourite'
  | 'adopt'
>

type Columns = ReturnType<typeof toColumns>
interface Place {
  seq: number
  state: JobState
}

/** Every write to the job table. `told` hears the `seq` of the rows written, once they are committed. */
export function createJobWrites(
  db: Database,
  reader: JobReader,
  told: (seqs: readonly number[]) => void,
): JobWrites {
  /** Rows written inside {@link JobStore.together}, which are told of once all of it is committed. */
  let waiting: number[] | null = null
  const changed = (seqs: readonly number[]) => {
    if (waiting) waiting.push(...seqs)
    else told(seqs)
  }
  const byShape = new Map<string, Statement<[Columns]>>()
  /** A statement of these columns, prepared once. */
  const shaped = (columns: Columns, sql: (names: string[]) => string) => {
    const text = sql(Object.keys(columns))
    const known = byShape.get(text)
    if (known) return known
    const made = db.prepare<[Columns]>(text)
    byShape.set(text, made)
    return made
  }
  const place = db.prepare<[string], Place>('SELECT seq, state FROM job WHERE id = ?')
  const known = db.prepare<[string, string | null]>(
    'SELECT 1 FROM job WHERE provider = ? AND provider_job_id = ? LIMIT 1',
  )
  const bySeq = db.prepare<[number]>(`${selectJob} WHERE seq = ?`)
  const event = db.prepare(`
    INSERT INTO job_event (job_seq, at, from_state, to_state, kind, data)
    VALUES (@seq, @at, @from, @to, @kind, @data)`)

  const append = (seq: number, at: number, from: JobState | null, to: JobState, said: NewEvent) =>
    event.run({ seq, at, from, to, kind: said.kind, data: JSON.stringify(said.data ?? {}) })

  const create = (job: Partial<JobRecord> & NewJob, state: JobState, kind: string, updatedAt: number) => {
    const columns = { ...toColumns(job), state, updated_at: updatedAt }
    const insert = shaped(
      columns,
      (names) => `INSERT INTO job (${names.join(', ')}) VALUES (${names.map((n) => `@${n}`).join(', ')})`,
    )
    const seq = Number(insert.run(columns).lastInsertRowid)
    append(seq, updatedAt, null, state, { kind })
    return seq
  }

  /** Sets columns of a row that is still in the state it was just seen in; what is paused is not taken to be sent. */
  const write = ({ seq, state }: Place, columns: Columns) =>
    shaped(
      columns,
      (names) =>
        `UPDATE job SET ${names.map((n) => `${n} = @${n}`).join(', ')}
         WHERE seq = @_seq AND state = @_state AND NOT (paused AND @state = 'submitting')`,
    ).run({ ...columns, _seq: seq, _state: state }).changes === 1

  const change = (
    id: string,
    from: readonly JobState[],
    columns: Columns,
    at: number,
    said: { to?: JobState; event: NewEvent | undefined },
  ) => {
    const seq = db
      .transaction(() => {
        const now = place.get(id)
        if (!now || !from.includes(now.state)) return null
        const to = said.to ?? now.state
        if (!write(now, { ...columns, state: to, updated_at: at })) return null
        if (said.event) append(now.seq, at, now.state, to, said.event)
        return now.seq
      })
      .immediate()
    if (seq !== null) changed([seq])
    return seq !== null
  }

  const readBack = (seqs: readonly number[]) => reader.many(seqs.map((seq) => bySeq.get(seq)))

  /** Runs one statement for each id and answers the rows it changed. */
  const each = (ids: readonly string[], statement: Statement<[Columns], number>, values: Columns) => {
    const seqs = db.transaction(() => ids.flatMap((id) => statement.all({ ...values, id }))).immediate()
    if (seqs.length > 0) changed(seqs)
    return seqs
  }
  const answering = (sql: string) => db.prepare<[Columns], number>(`${sql} RETURNING seq`).pluck()
  const remove = answering(
    'UPDATE job SET removed_at = @at, removed_file = @file WHERE id = @id AND removed_at IS NULL',
  )
  const restore = answering(
    'UPDATE job SET removed_at = NULL, removed_file = NULL WHERE id = @id AND removed_at IS NOT NULL',
  )
  const favour = answering(
    `UPDATE job SET favourite = @favourite, updated_at = @at
     WHERE id = @id AND favourite <> @favourite AND removed_at IS NULL`,
  )
  const purge = answering('DELETE FROM job WHERE id = @id')

  return {
    together(work) {
      if (waiting) return work()
      const seqs: number[] = (waiting = [])
      try {
        db.transaction(work).immediate()
      } finally {
        waiting = null
      }
      if (seqs.length > 0) told(seqs)
    },
    insert(jobs) {
      const seqs = db
        .transaction(() => jobs.map((job) => create(job, 'queued', 'created', job.createdAt)))
        .immediate()
      changed(seqs)
      return readBack(seqs)
    },
    insertBegun(jobs) {
      const seqs = db
        .transaction(() =>
          jobs.flatMap((job) =>
            known.get(job.provider, job.providerJobId) === undefined
              ? [create(job, 'processing', 'imported', job.createdAt)]
              : [],
          ),
        )
        .immediate()
      changed(seqs)
      return readBack(seqs)
    },
    move: (id, from, to, at, said, patch = {}) => change(id, from, toColumns(patch), at, { to, event: said }),
    patch: (id, inStates, at, patch, said) => change(id, inStates, toColumns(patch), at, { event: said }),
    remove: (ids, at, file) => readBack(each(ids, remove, { at, file })),
    restore: (ids) => readBack(each(ids, restore, {})),
    purge: (ids) => void each(ids, purge, {}),
    favourite: (ids, favourite, at) => readBack(each(ids, favour, { favourite: favourite ? 1 : 0, at })),
    adopt(job) {
      if (place.get(job.id)) return false
      const at = job.finishedAt ?? job.createdAt
      const seq = db.transaction(() => create(job, 'completed', 'adopted', at)).immediate()
      changed([seq])
      return true
    },
  }
}
