import { expect, it } from 'vitest'
import { inserted, finished, jobMaker, meddle, openTestHistory } from './support'

const spoil = (column: string, id: string) => `UPDATE job SET ${column} = '{"broken' WHERE id = '${id}'`

it('frees the engine of a job whose parameters cannot be read, and keeps the row', async () => {
  const { history, dataDir } = await openTestHistory()
  const make = jobMaker()
  const [bad, good] = inserted(history, make(), make())
  for (const { id } of [bad, good ?? bad]) history.jobs.patch(id, ['queued'], 1, { nextAt: 5 })
  meddle(dataDir, spoil('params', bad.id))

  expect(history.jobs.due(10, 10).map((job) => job.id)).toEqual([good?.id])
  // Were it due still, the scheduler would ask again at once, for ever.
  history.jobs.patch(good?.id ?? '', ['queued'], 2, { nextAt: null })
  expect(history.jobs.nextDueAt()).toBeNull()

  expect(history.lists.row(bad.id)).toMatchObject({
    state: 'needs_attention',
    error: { key: 'job.unreadable' },
  })
  expect(history.lists.counts({})).toMatchObject({ all: 2, attention: 1 })
  expect(history.jobs.events(bad.id).at(-1)).toMatchObject({ from: 'queued', kind: 'unreadable' })
  expect(history.lists.detail(bad.id)).toMatchObject({
    prompt: bad.prompt,
    params: {},
    error: { key: 'job.unreadable' },
  })
})

it('shows a list although one of its rows holds an unreadable error, and another unreadable inputs', async () => {
  const { history, dataDir } = await openTestHistory()
  const make = jobMaker()
  const [a, b] = [finished(make()), finished(make())]
  history.jobs.adopt(a)
  history.jobs.adopt(b)
  meddle(dataDir, spoil('error', a.id))
  meddle(dataDir, spoil('inputs', b.id))

  const { jobs } = history.lists.page({}, 'oldest', undefined, 10)
  expect(jobs.map((row) => [row.id, row.state, row.error?.key])).toEqual([
    [a.id, 'completed', 'job.unreadable'],
    [b.id, 'completed', undefined],
  ])
  expect(history.jobs.get(b.id)).toBeNull()
  expect(history.jobs.withOutput(0, 10)).toEqual([])
})

it('leaves out an event that cannot be read, and shows the others', async () => {
  const { history, dataDir } = await openTestHistory()
  const [{ id }] = inserted(history, jobMaker()())
  history.jobs.move(id, ['queued'], 'failed', 2, { kind: 'failed', data: { code: 'quota' } })
  meddle(dataDir, `UPDATE job_event SET to_state = 'nowhere' WHERE kind = 'created'`)
  expect(history.lists.detail(id)?.events).toMatchObject([{ kind: 'failed', data: { code: 'quota' } }])
})
