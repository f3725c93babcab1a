import { createRouterClient } from '@orpc/server'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createStudio } from '../../../src/main/studio'
import { startAws } from '../../simulators/aws'
import { hurriedClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { studioPorts } from '../../support/ports'

/** A studio with an account at the simulators. */
async function openStudio(change: Record<string, unknown> = {}, seed = 1, folder = tempFolder()) {
  const aws = await startAws({ jobMs: 50 })
  onTestFinished(() => aws.close())
  const studio = await createStudio(
    studioPorts(folder, {
      clock: hurriedClock(20),
      random: seededRandom(seed),
    }),
  )
  onTestFinished(() => studio.close())
  const client = createRouterClient(studio.router)
  const { accessKeyId, secretAccessKey } = aws.credential
  const connection = await client.connections.create({
    provider: 'luma-ray2',
    label: 'Studio',
    settings: {
      bucket: aws.bucket,
      bedrockEndpoint: aws.urls.bedrock,
      bedrockControlEndpoint: aws.urls.bedrock,
      s3Endpoint: aws.urls.s3,
      stsEndpoint: aws.urls.sts,
      pathStyle: true,
      ...change,
    },
    secrets: { accessKeyId, secretAccessKey },
    keep: 'session',
  })
  /** Resolves when a job ends. */
  async function ended(id: string) {
    const stop = new AbortController()
    const events = await client.studio.events(undefined, { signal: stop.signal })
    for await (const { type } of events) {
      if (type !== 'job') continue
      const job = await client.jobs.get({ id })
      if (['completed', 'failed', 'needs_attention'].includes(job.state)) {
        stop.abort()
        return job
      }
    }
    throw new Error('the studio closed')
  }
  return { aws, client, connection, ended, folder }
}

test('from the prompt to the file: sent once, paid as told, kept under its own name', async () => {
  const { aws, client, connection, ended, folder } = await openStudio()
  const asked = {
    model: 'luma-ray2',
    prompt: 'A lighthouse',
    connectionId: connection.id,
    params: { ratio: '16:9' },
  }
  const { request, estimate } = await client.jobs.preview(asked)
  expect(estimate).toEqual({ micros: 3_750_000, currency: 'USD' })
  const { jobs } = await client.jobs.create(asked)
  const job = await ended(jobs[0]?.id ?? '')
  expect(job).toMatchObject({
    state: 'completed',
    cost: { micros: 3_750_000, currency: 'USD' },
    costKind: 'computed',
    charged: 'yes',
    connection: 'Studio',
  })
  expect(aws.billable()).toBe(1)
  const [sent] = aws.requests('StartAsyncInvoke')
  const { clientRequestToken: _ours, ...previewed } = request.body as Record<string, unknown>
  expect(JSON.parse(sent?.body ?? '')).toMatchObject(previewed)
  const path = join(folder, 'videos', job.file ?? 'none')
  expect(existsSync(path)).toBe(true)
  const { s3Uri } = aws.invocations()[0] ?? { s3Uri: '' }
  const stored = aws.store.get(aws.bucket, `${s3Uri.replace(`s3://${aws.bucket}/`, '')}/output.mp4`)
  expect(stored?.size).toBe(readFileSync(path).byteLength)
})

test('a lost answer: the job is found by its token, billed once, and completed', async () => {
  const { aws, client, connection, ended } = await openStudio()
  aws.faults.add('StartAsyncInvoke', { kind: 'drop_after' }, 3)
  const { jobs } = await client.jobs.create({
    model: 'luma-ray2',
    prompt: 'Rain',
    connectionId: connection.id,
  })
  expect((await ended(jobs[0]?.id ?? '')).state).toBe('completed')
  expect(aws.billable()).toBe(1)
})

test('two jobs and a quota of one: the second waits and is made', async () => {
  const { aws, client, connection, ended } = await openStudio()
  await client.connections.update({ id: connection.id, concurrency: 2 })
  const { jobs } = await client.jobs.create({
    model: 'luma-ray2',
    prompt: 'Two herons',
    connectionId: connection.id,
    count: 2,
    approved: { micros: 7_500_000, currency: 'USD' },
  })
  for (const { id } of jobs) expect((await ended(id)).state).toBe('completed')
  expect(aws.billable()).toBe(2)
})

test('what only AWS knows is taken in with its video, and costs what such a video costs', async () => {
  const { aws, client, connection, ended } = await openStudio()
  const { jobs } = await client.jobs.create({
    model: 'luma-ray2',
    prompt: 'Dusk',
    connectionId: connection.id,
  })
  await ended(jobs[0]?.id ?? '')
  const other = await openStudio({}, 7)
  // The other studio signs in to the first one's account.
  const { accessKeyId, secretAccessKey } = aws.credential
  await other.client.connections.update({
    id: other.connection.id,
    settings: { ...other.connection.settings, ...pick(connection.settings) },
    secrets: { accessKeyId, secretAccessKey },
  })
  const { strays } = await other.client.connections.strays({ id: other.connection.id })
  expect(strays.map((stray) => stray.providerJobId)).toEqual(
    aws.invocations().map((one) => one.invocationArn),
  )
  const adopted = await other.client.connections.adopt({
    id: other.connection.id,
    providerJobIds: strays.map((stray) => stray.providerJobId),
  })
  const job = await other.ended(adopted.jobs[0]?.id ?? '')
  expect(job).toMatchObject({
    state: 'completed',
    cost: { micros: 3_750_000, currency: 'USD' },
    costKind: 'computed',
  })
  expect(aws.billable()).toBe(1)
  expect((await other.client.connections.strays({ id: other.connection.id })).strays).toEqual([])
})

const pick = ({
  bedrockEndpoint,
  bedrockControlEndpoint,
  s3Endpoint,
  stsEndpoint,
}: Record<string, unknown>) => ({
  bedrockEndpoint,
  bedrockControlEndpoint,
  s3Endpoint,
  stsEndpoint,
})

test('a failure is told on its card with the values of its sentence', async () => {
  const { aws, client, connection, ended } = await openStudio()
  aws.failNext('Something went wrong over there')
  const { jobs } = await client.jobs.create({
    model: 'luma-ray2',
    prompt: 'Dawn',
    connectionId: connection.id,
  })
  const { error, charged } = await ended(jobs[0]?.id ?? '')
  expect(charged).toBe('unknown')
  expect(error).toMatchObject({ key: 'luma.failed', values: { reason: 'Something went wrong over there' } })
})
