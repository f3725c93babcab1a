import { expect, it } from 'vitest'
import { jobMaker, openTestHistory } from './support'

async function queueOf(count: number) {
  const opened = await openTestHistory()
  const make = jobMaker()
  const jobs = opened.history.jobs.insert(Array.from({ length: count }, () => make()))
  const ids = jobs.map(({ id }) => id)
  const order = () =>
    opened.history.lists.rows(opened.history.queue.view(100).seqs).map(({ id }) => ids.indexOf(id))
  return { ...opened, ids, order, make }
}

it('keeps the order it was given across a restart, with a new job behind all others', async () => {
  const { history, ids, order, dataDir, make } = await queueOf(4)
  const [a = '', b = '', , d = ''] = ids
  history.queue.move([d], 'top')
  history.queue.move([a], { after: b })
  expect(order()).toEqual([3, 1, 0, 2])
  history.close()
  const again = await openTestHistory(dataDir)
  const last = again.history.jobs.insert([make({ id: '01930000-0000-7000-8000-0000000000ff' })])
  const told = again.history.lists.rows(again.history.queue.view(100).seqs).map(({ id }) => id)
  expect(told).toEqual([d, b, a, ids[2], last[0]?.id])
})

it('gives no two jobs the same turn, however often they are moved', async () => {
  const { history, ids } = await queueOf(6)
  for (const [at, id] of ids.entries()) history.queue.move([id], at % 2 === 0 ? 'top' : 'down')
  const turns = ids.map((id) => history.lists.row(id)?.turn)
  expect(new Set(turns).size).toBe(6)
  expect(turns.toSorted((a = 0, b = 0) => a - b)).toEqual([1, 2, 3, 4, 5, 6])
})

it('moves nothing that was taken to work meanwhile, and nothing next to it', async () => {
  const { history, ids, order } = await queueOf(3)
  const [a = '', b = '', c = ''] = ids
  history.jobs.move(a, ['queued'], 'submitting', 5, { kind: 'submitting' })
  expect(history.queue.move([a], 'bottom')).toBe('not_queued')
  expect(history.queue.move([c], { before: a })).toBe('place_gone')
  expect(history.queue.move([c, a], { before: b })).toEqual(
    new Map([
      [c, 2],
      [b, 3],
    ]),
  )
  expect(order()).toEqual([0, 2, 1])
})

it('never lets a paused job be sent, whoever asks', async () => {
  const { history, ids } = await queueOf(1)
  const [id = ''] = ids
  expect(history.jobs.patch(id, ['queued'], 5, { paused: true })).toBe(true)
  expect(history.jobs.move(id, ['queued'], 'submitting', 6, { kind: 'submitting' })).toBe(false)
  expect(history.lists.row(id)).toMatchObject({ state: 'queued', waiting: 'paused' })
  history.jobs.patch(id, ['queued'], 7, { paused: false })
  expect(history.jobs.move(id, ['queued'], 'submitting', 8, { kind: 'submitting' })).toBe(true)
})

it('counts what it does not list, and leaves out what was removed', async () => {
  const { history, ids } = await queueOf(5)
  const [a = '', b = ''] = ids
  history.jobs.move(b, ['queued'], 'submitting', 5, { kind: 'submitting' })
  history.jobs.remove([a], 6, 'keep')
  expect(history.queue.view(2)).toEqual({ working: 1, waiting: 3, seqs: [2, 3] })
})
