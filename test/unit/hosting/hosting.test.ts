import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../../support/folder'
import { ManualClock } from '../../support/clock'
import { never, openBench, openHosting, refusal, startS3 } from './kit'

const keysIn = (bench: Awaited<ReturnType<typeof openBench>>) => bench.aws.store.keys(bench.aws.bucket)

test('an image is put once, under a name nobody can guess, and read from its link as it was', async () => {
  const bench = await openBench()
  const bytes = bench.image('one')
  const job = bench.job()
  const url = await bench.hosting.address(job, 'one', never)
  await bench.hosting.address(job, 'one', never)
  expect(bench.aws.count('PutObject')).toBe(1)
  const [key = ''] = keysIn(bench)
  expect(key).toMatch(/^dailies-images\/[0-9a-f-]{36}\.png$/)
  expect(key).not.toContain('one')
  const answer = await fetch(url)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
})

test('the link is for reading this one object and for nothing else', async () => {
  const bench = await openBench()
  bench.image('one')
  const url = await bench.hosting.address(bench.job(), 'one', never)
  for (const method of ['HEAD', 'PUT', 'DELETE']) {
    expect((await fetch(url, { method })).status, method).toBe(403)
  }
  expect((await fetch(url.replace('.png', '.jpg'))).status).toBe(403)
  expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('604800')
  expect(url).not.toContain(bench.aws.credential.secretAccessKey)
})

test('a link that ran out is renewed without another upload', async () => {
  const bench = await openBench()
  bench.image('one')
  const job = bench.job()
  const first = await bench.hosting.address(job, 'one', never)
  bench.clock.advance(60_000)
  const second = await bench.hosting.address(job, 'one', never)
  expect(second).not.toBe(first)
  expect((await fetch(second)).status).toBe(200)
  expect(bench.aws.count('PutObject')).toBe(1)
})

test('a link is good by the store’s own clock when that of this computer runs ahead', async () => {
  const bench = await openBench({ wall: () => Date.now() - 3_600_000 })
  bench.image('one')
  const url = await bench.hosting.address(bench.job(), 'one', never)
  expect((await fetch(url)).status).toBe(200)
})

test('asked twice at once, it is put once', async () => {
  const bench = await openBench()
  bench.image('one')
  const job = bench.job()
  await Promise.all([bench.hosting.address(job, 'one', never), bench.hosting.address(job, 'one', never)])
  expect(bench.aws.count('PutObject')).toBe(1)
})

test('two jobs with the same image have objects of their own, each deleted with its job', async () => {
  const bench = await openBench()
  bench.image('one')
  const [a, b] = [bench.job(), bench.job()]
  await bench.hosting.address(a, 'one', never)
  const url = await bench.hosting.address(b, 'one', never)
  expect(keysIn(bench)).toHaveLength(2)
  bench.hosting.ended({ id: a.id, state: 'completed' })
  await bench.aws.until((aws) => aws.count('DeleteObject') === 1 && aws.store.keys(aws.bucket).length === 1)
  expect((await fetch(url)).status).toBe(200)
})

test('the row is there before a byte leaves: a kill in between leaves nothing unknown', async () => {
  const folder = tempFolder()
  const clock = new ManualClock(Date.now())
  const aws = await startS3()
  const program = await openHosting(folder, clock)
  const { id: hosting } = await program.connect(aws)
  program.image('one')
  const job = program.job()
  // As the kill leaves it: the object arrived, and the program never learned it.
  const hold = aws.faults.hold('PutObject', 'after')
  const put = program.hosting.address(job, 'one', never)
  await hold.reached
  expect(program.history.hosted.at(hosting)).toMatchObject([{ jobId: job.id, state: 'begun' }])
  const [row] = program.history.hosted.at(hosting)
  expect(aws.store.keys(aws.bucket)).toEqual([row?.key])
  program.history.jobs.move(job.id, ['queued'], 'failed', 1, { kind: 'failed' })
  const copy = await openHosting(folder, clock, 2)
  await copy.connections.update(hosting, {
    secrets: {
      accessKeyId: aws.credential.accessKeyId,
      secretAccessKey: aws.credential.secretAccessKey,
    },
    keep: 'session',
  })
  copy.hosting.start()
  await aws.until(() => aws.store.keys(aws.bucket).length === 0)
  hold.release()
  await put.catch(() => undefined)
})

test('what cannot be deleted is tried again until it works, across restarts, and never forgotten', async () => {
  const bench = await openBench()
  bench.image('one')
  const job = bench.job()
  await bench.hosting.address(job, 'one', never)
  bench.history.jobs.move(job.id, ['queued'], 'failed', 1, { kind: 'failed' })
  bench.aws.identities.deny(bench.aws.credential.accessKeyId, 's3:DeleteObject')
  bench.hosting.ended({ id: job.id, state: 'failed' })
  await bench.aws.until((aws) => aws.count('DeleteObject') === 1)
  const hosted = () => bench.history.hosted.at(bench.connection.id)
  await expect.poll(() => hosted()[0]?.tries).toBe(1)
  expect(hosted()).toMatchObject([{ state: 'leaving' }])
  bench.clock.advance(59_000)
  expect(bench.aws.count('DeleteObject')).toBe(1)
  bench.clock.advance(1_000)
  await expect.poll(() => hosted()[0]?.tries).toBe(2)
  await bench.close()
  bench.aws.identities.deny(bench.aws.credential.accessKeyId)
  bench.clock.advance(24 * 3_600_000)
  const again = await openHosting(bench.folder, bench.clock, 2)
  const { accessKeyId, secretAccessKey } = bench.aws.credential
  await again.connections.update(bench.connection.id, {
    secrets: { accessKeyId, secretAccessKey },
    keep: 'session',
  })
  again.hosting.start()
  await bench.aws.until((aws) => aws.store.keys(aws.bucket).length === 0)
  await expect.poll(() => again.history.hosted.at(bench.connection.id)).toEqual([])
})

test('a job that needs attention may yet be read for: its image stays for a day, or until it is settled', async () => {
  const bench = await openBench()
  bench.image('one')
  const [a, b] = [bench.job(), bench.job()]
  for (const job of [a, b]) await bench.hosting.address(job, 'one', never)
  for (const { id } of [a, b]) bench.hosting.ended({ id, state: 'needs_attention' })
  bench.clock.advance(23 * 3_600_000)
  expect(keysIn(bench)).toHaveLength(2)
  bench.hosting.ended({ id: a.id, state: 'failed' })
  await bench.aws.until((aws) => aws.store.keys(aws.bucket).length === 1)
  bench.clock.advance(3_600_000)
  await bench.aws.until((aws) => aws.store.keys(aws.bucket).length === 0)
})

test('a changed hosting goes on deleting where its images lie', async () => {
  const bench = await openBench({ buckets: [{ name: 'first-one' }, { name: 'other-one' }] })
  bench.image('one')
  const job = bench.job()
  await bench.hosting.address(job, 'one', never)
  const settings = { ...bench.connection.settings, bucket: 'other-one' }
  await bench.connections.update(bench.connection.id, { settings })
  bench.hosting.ended({ id: job.id, state: 'completed' })
  await expect.poll(() => bench.aws.store.keys('first-one')).toEqual([])
  expect(bench.history.hosted.at(bench.connection.id)).toEqual([])
})

test('which hosting: the one that is named, else the only one, else none', async () => {
  const bench = await openBench()
  const { hosting, connections, connection, aws } = bench
  expect(hosting.of({})?.id).toBe(connection.id)
  const second = await bench.connect(aws)
  expect(hosting.of({})).toBeNull()
  expect(hosting.of({ hosting: second.id })?.id).toBe(second.id)
  await connections.update(second.id, { enabled: false })
  expect(hosting.of({ hosting: second.id })).toBeNull()
  await connections.remove(second.id)
  expect(hosting.of({})?.id).toBe(connection.id)
  await connections.update(connection.id, { enabled: false })
  bench.image('one')
  const refused = await refusal(hosting.address(bench.job(), 'one', never))
  expect(refused).toMatchObject({ key: 'hosting.none', sent: false, charged: 'no' })
})

test('a hosting stays while images of running jobs lie at it; removed later, what is left is said until it is read', async () => {
  const bench = await openBench()
  bench.image('one')
  const job = bench.job()
  await bench.hosting.address(job, 'one', never)
  bench.hosting.start()
  await expect(bench.connections.remove(bench.connection.id)).rejects.toMatchObject({
    key: 'connection.busy',
  })
  bench.aws.identities.deny(bench.aws.credential.accessKeyId, 's3:DeleteObject')
  bench.history.jobs.move(job.id, ['queued'], 'failed', 1, { kind: 'failed' })
  bench.hosting.ended({ id: job.id, state: 'failed' })
  await expect.poll(() => bench.history.hosted.at(bench.connection.id)[0]?.tries).toBe(1)
  await bench.connections.remove(bench.connection.id)
  const [notice] = bench.events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []))
  const [key] = keysIn(bench)
  expect(notice).toMatchObject({ key: 'hosting.left', values: { count: 1, bucket: bench.aws.bucket, key } })
  await bench.close()
  const again = await openHosting(bench.folder, bench.clock, 2)
  again.hosting.start()
  expect(again.events.some((event) => event.type === 'notice')).toBe(true)
  again.hosting.told(notice?.id ?? '')
  expect(again.history.hosted.at(bench.connection.id)).toEqual([])
})

test.each<
  [string, (bench: Awaited<ReturnType<typeof openBench>>) => Promise<unknown> | void, string, string, string]
>([
  [
    'may not write',
    ({ aws }) => aws.identities.deny(aws.credential.accessKeyId, 's3:PutObject'),
    'permission',
    'hosting.denied',
    'never',
  ],
  ['is not there', ({ aws }) => aws.close(), 'network', 'hosting.unreachable', 'later'],
  [
    'has no such bucket',
    ({ connections, connection }) =>
      connections.update(connection.id, { settings: { ...connection.settings, bucket: 'nobody-has-it' } }),
    'invalid_request',
    'hosting.noBucket',
    'never',
  ],
  [
    'has keys that fit no more',
    ({ connections, connection }) =>
      connections.update(connection.id, { secrets: { secretAccessKey: 'another' }, keep: 'session' }),
    'auth',
    'hosting.signIn',
    'later',
  ],
])('a hosting that %s is said before anything is sent', async (_name, spoil, code, key, retry) => {
  const bench = await openBench()
  bench.image('one')
  const job = bench.job()
  await spoil(bench)
  const refused = await refusal(bench.hosting.address(job, 'one', never))
  expect(refused).toMatchObject({
    code,
    key,
    retry,
    sent: false,
    charged: 'no',
    values: { hosting: 'Images' },
  })
})

test('an image that is not on this computer any more is said, and nothing is put anywhere', async () => {
  const bench = await openBench()
  bench.image('one')
  rmSync(join(bench.folder, 'one.png'))
  const refused = await refusal(bench.hosting.address(bench.job(), 'one', never))
  expect(refused).toMatchObject({ key: 'asset.notFound', sent: false })
  expect(bench.history.hosted.at(bench.connection.id)).toEqual([])
})

test('a bucket that is gone leaves nothing to delete', async () => {
  const bench = await openBench()
  bench.image('one')
  const job = bench.job()
  await bench.hosting.address(job, 'one', never)
  bench.aws.faults.add('DeleteObject', { kind: 'error', status: 404, code: 'NoSuchBucket', message: 'gone' })
  bench.hosting.ended({ id: job.id, state: 'completed' })
  await expect.poll(() => bench.history.hosted.at(bench.connection.id)).toEqual([])
})
