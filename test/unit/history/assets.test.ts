import { expect, it } from 'vitest'
import type { AssetRecord } from '../../../src/main/history'
import { finished, inserted, jobMaker, openTestHistory } from './support'

const asset: AssetRecord = {
  id: '01930000-0000-7000-8000-00000000000d',
  hash: 'f'.repeat(64),
  path: 'ff/ff.png',
  name: '图 1.png',
  width: 640,
  height: 360,
  mime: 'image/png',
  bytes: 1234,
  alpha: true,
  createdAt: 5,
  notes: ['rotated', 'resized'],
}

it('gives an image back whole, by id and by content, and refuses a second of the same content', async () => {
  const { history } = await openTestHistory()
  history.assets.insert(asset)
  expect(history.assets.get(asset.id)).toEqual(asset)
  expect(history.assets.byHash(asset.hash)).toEqual(asset)
  expect(history.assets.get('unknown')).toBeNull()
  expect(() => history.assets.insert({ ...asset, id: 'other' })).toThrow(/UNIQUE/)
})

it('asks for pictures of the newest jobs first, and no more once they are ready or given up', async () => {
  const { history } = await openTestHistory()
  const make = jobMaker()
  const [a, b] = inserted(history, make(), make())
  const second = b?.id ?? ''
  history.derivatives.want(a.id, ['poster', 'preview'], 1)
  history.derivatives.want(second, ['poster'], 1)
  expect(history.derivatives.wanted(10).map(({ jobId }) => jobId)).toEqual([second, a.id, a.id])

  history.derivatives.ready(second, 'poster', 'abcdef0123456789', 99, 2)
  history.derivatives.failed(a.id, 'poster', 'crashed', false, 2)
  history.derivatives.failed(a.id, 'preview', 'unsupported', true, 2)
  expect(history.derivatives.wanted(10)).toMatchObject([{ jobId: a.id, kind: 'poster', attempts: 1 }])
  expect(history.derivatives.get(a.id, 'preview')).toMatchObject({ state: 'failed', error: 'unsupported' })
  expect(history.lists.row(second)).toMatchObject({ poster: 'abcdef012345', preview: null })
})

it('wants a picture again that was ready: its card no longer points to the lost file', async () => {
  const { history } = await openTestHistory()
  const job = finished(jobMaker()())
  history.jobs.adopt(job)
  history.derivatives.want(job.id, ['poster'], 1)
  history.derivatives.ready(job.id, 'poster', 'abcdef0123456789', 99, 2)
  history.derivatives.want(job.id, ['poster'], 3)
  expect(history.derivatives.get(job.id, 'poster')).toMatchObject({
    state: 'wanted',
    attempts: 0,
    sha256: null,
  })
  expect(history.lists.row(job.id)?.poster).toBeNull()
})
