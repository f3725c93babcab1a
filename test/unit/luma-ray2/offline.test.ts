import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRouterClient } from '@orpc/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createStudio } from '../../../src/main/studio'
import { startAws, type AwsSimulator } from '../../simulators/aws'
import { awsSettings } from '../../support/awsHome'
import { hurriedClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { studioPorts } from '../../support/ports'
import { bareSurroundings } from '../../support/surroundings'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A network that can be taken away and given back: the same simulators, reached or not. */
async function network(): Promise<{ aws: AwsSimulator; cut(): Promise<void>; mend(): Promise<void> }> {
  const ports = { bedrock: await freePort(), s3: await freePort(), sts: await freePort() }
  let aws = await startAws({ ports, jobMs: 50 })
  onTestFinished(() => aws.close())
  return {
    get aws() {
      return aws
    },
    cut: () => aws.close(),
    async mend() {
      aws = await startAws({ ports, jobMs: 50 })
    },
  }
}

async function openStudio(folder: string, aws: AwsSimulator, seed: number) {
  let woke: (() => void) | null = null
  const studio = await createStudio(
    studioPorts(folder, {
      clock: hurriedClock(20),
      random: seededRandom(seed),
      surroundings: {
        ...bareSurroundings,
        onWake(listener) {
          woke = listener
          return () => {
            woke = null
          }
        },
      },
    }),
  )
  const client = createRouterClient(studio.router)
  const { accessKeyId, secretAccessKey } = aws.credential
  const connection = await client.connections.create({
    provider: 'luma-ray2',
    label: 'Studio',
    settings: awsSettings(aws),
    secrets: { accessKeyId, secretAccessKey },
    keep: 'session',
  })
  const wake = () => {
    if (!woke) throw new Error('nobody listens to the computer waking')
    woke()
  }
  return { studio, client, connection, wake }
}

test('a job made without a network waits in the queue, uncharged, and goes on when the computer wakes with one', async () => {
  const there = await network()
  const folder = tempFolder()
  const { studio, client, connection, wake } = await openStudio(folder, there.aws, 1)
  onTestFinished(() => studio.close())
  await there.cut()
  const { jobs } = await client.jobs.create({
    model: 'luma-ray2',
    prompt: 'A lighthouse',
    connectionId: connection.id,
  })
  const [id = ''] = jobs.map((job) => job.id)
  const waits = async () => {
    const { state, waiting, charged } = await client.jobs.get({ id })
    return { state, waiting, charged }
  }
  await vi.waitFor(
    async () => expect(await waits()).toEqual({ state: 'queued', waiting: 'network', charged: 'no' }),
    { timeout: 10_000 },
  )
  // The history is there all the same.
  expect((await client.jobs.list({})).jobs.map((job) => job.id)).toEqual([id])

  await there.mend()
  wake()
  await vi.waitFor(async () => expect((await waits()).state).toBe('completed'), { timeout: 15_000 })
  expect(there.aws.billable()).toBe(1)
})

test('a network lost while a job is made fails nothing: it is polled on, and its video fetched', async () => {
  const ports = { bedrock: await freePort(), s3: await freePort(), sts: await freePort() }
  const aws = await startAws({ ports, jobMs: Number.POSITIVE_INFINITY })
  onTestFinished(() => aws.close())
  const { studio, client, connection, wake } = await openStudio(tempFolder(), aws, 2)
  onTestFinished(() => studio.close())
  const { jobs } = await client.jobs.create({
    model: 'luma-ray2',
    prompt: 'A lighthouse',
    connectionId: connection.id,
  })
  const [id = ''] = jobs.map((job) => job.id)
  const now = async () => client.jobs.get({ id })
  await vi.waitFor(async () => expect((await now()).state).toBe('processing'), { timeout: 10_000 })
  aws.faults.always('GetAsyncInvoke', { kind: 'drop' })
  await vi.waitFor(
    async () => expect(await now()).toMatchObject({ state: 'processing', waiting: 'network' }),
    { timeout: 15_000 },
  )
  await aws.finish()
  aws.faults.clear()
  wake()
  await vi.waitFor(async () => expect((await now()).state).toBe('completed'), { timeout: 15_000 })
  expect(aws.billable()).toBe(1)
})
