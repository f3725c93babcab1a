import { expect, it, onTestFinished } from 'vitest'
import type { JobRow, StudioEvent } from '../../../src/shared/contract'
import { spawnAws, type AwsProcess, type Operation } from '../../simulators/aws'
import { awsHome, awsSettings } from '../../support/awsHome'
import { seededRandom } from '../../support/clock'
import { watchEvents } from '../../support/events'
import { tempFolder } from '../../support/folder'
import { expectSound, partsIn, videosIn } from '../../support/sound'
import { startStudio, type RunningStudio } from '../../support/studio'
import { faultsOf, metBy, rowsOf, type Met } from './rows'

const kills = 110
/** Longest wait for a moment that does not come, in milliseconds. */
const patience = 1_500

/** When to kill: the n-th event of a stage, or right when the service has seen the n-th request of a kind. */
type Moment =
  | { on: 'stage'; stage: JobRow['state'] | 'any'; nth: number }
  | { on: 'request'; operation: Operation }

/** Moments that the kills must have met at least so often, or this test proves less than it says. */
const mustMeet: [Met, number][] = [
  ['sent, not arrived', 3],
  ['arrived, answer not kept', 5],
  ['being made', 10],
  ['half a file', 10],
  ['whole file, not finished', 1],
]

const stages = ['submitting', 'processing', 'downloading', 'completed', 'any'] as const
const operations = ['StartAsyncInvoke', 'GetAsyncInvoke', 'GetObject'] as const

function draw(fraction: () => number): Moment {
  const pick = <T>(all: readonly [T, ...T[]]): T => all[Math.floor(fraction() * all.length)] ?? all[0]
  if (fraction() < 0.5) return { on: 'request', operation: pick(operations) }
  const stage = pick(stages)
  return { on: 'stage', stage, nth: stage === 'any' ? 1 + Math.floor(fraction() * 12) : 1 }
}

/** Resolves at the moment, or when it did not come in time. */
async function until(moment: Moment, studio: RunningStudio, aws: AwsProcess, act: () => Promise<void>) {
  const deadline = Date.now() + patience
  if (moment.on === 'request') {
    const seen = async () => (await aws.state()).counts[moment.operation] ?? 0
    const before = await seen()
    await act()
    while ((await seen()) === before && Date.now() < deadline) await new Promise(setImmediate)
    return
  }
  let left = moment.nth
  const enough = (event: StudioEvent) => {
    if (event.type === 'job' && (moment.stage === 'any' || event.job.state === moment.stage)) left -= 1
    return left <= 0 || Date.now() > deadline
  }
  let acting: Promise<void> | null = null
  const once = () => (acting ??= act())
  await Promise.race([
    watchEvents(studio.origin, studio.token, enough, once),
    new Promise((resolve) => AbortSignal.timeout(patience).addEventListener('abort', resolve)),
  ])
  // The answer first, so that it is known which jobs there are.
  await once()
}

/** Trouble on the way, so that the kills meet retries, resends and half downloads as well. */
async function trouble(aws: AwsProcess, round: number) {
  await aws.command({ do: 'clear_faults' })
  await aws.command({ do: 'always', operation: 'StartAsyncInvoke', fault: { kind: 'latency', ms: 30 } })
  await aws.command({
    do: 'always',
    operation: 'GetObject',
    fault: { kind: 'slow', chunk: 4_096, everyMs: 8 },
  })
  const once = [
    { operation: 'StartAsyncInvoke', fault: { kind: 'drop_after' } },
    { operation: 'StartAsyncInvoke', fault: { kind: 'half' } },
    { operation: 'StartAsyncInvoke', fault: { kind: 'throttle' } },
    { operation: 'GetObject', fault: { kind: 'truncated', after: 9_000 } },
    { operation: 'GetAsyncInvoke', fault: { kind: 'html' } },
    { operation: 'GetObject', fault: { kind: 'throttle' } },
  ] as const
  const fault = once[round % (once.length * 2)]
  if (fault) await aws.command({ do: 'fault', ...fault })
}

it(
  `bills every job once and completes it once, however often the studio is killed (${kills} times)`,
  { timeout: 900_000, retry: 0 },
  async () => {
    const aws = await spawnAws({ jobMs: 300, concurrency: 6 })
    onTestFinished(() => aws.close())
    const dataDir = tempFolder()
    const library = tempFolder()
    const start = () => startStudio({ dataDir, library, env: { HOME: awsHome(aws) } })
    const random = seededRandom(20261125)
    const made = new Set<string>()
    const met = new Map<Met, number>()

    const first = await start()
    const connection = await first.api('POST', '/connections', {
      provider: 'luma-ray2',
      label: 'Simulated',
      settings: { ...awsSettings(aws), signIn: 'profile', profile: 'sim', transport: 'auto' },
      concurrency: 4,
    })
    expect(connection.status, JSON.stringify(connection.body)).toBe(201)
    await first.stop()

    for (let kill = 0; kill < kills; kill += 1) {
      const studio = await start()
      await trouble(aws, kill)
      await until(
        draw(() => random.fraction()),
        studio,
        aws,
        async () => {
          if (kill % 2 === 1) return
          const answer = await studio.api('POST', '/jobs', {
            model: 'luma-ray2',
            connectionId: connection.body['id'],
            prompt: `Kill ${kill}: a lighthouse at dusk`,
            params: { duration: '5s', resolution: '540p' },
            approved: { micros: 1_000_000_000, currency: 'USD', overBudget: true },
          })
          expect(answer.status, JSON.stringify(answer.body)).toBe(201)
          for (const job of answer.body['jobs'] as JobRow[]) made.add(job.id)
        },
      )
      await studio.kill()
      expectSound(dataDir, library)
      const now = metBy(rowsOf(dataDir), library, await aws.state())
      for (const moment of now) met.set(moment, (met.get(moment) ?? 0) + 1)
    }

    await aws.command({ do: 'clear_faults' })
    const studio = await start()
    const list = async () => (await studio.api('GET', '/jobs?limit=200')).body['jobs'] as JobRow[]
    const open = async () =>
      (await list())
        .filter((job) => job.state !== 'completed')
        .map((job) => `${job.state} ${job.waiting} ${job.error?.message}`)
    await expect.poll(open, { timeout: 300_000, interval: 500 }).toEqual([])

    expect(new Set((await list()).map((job) => job.id))).toEqual(made)
    expect(await studio.stop()).toBe(0)
    const state = await aws.state()
    expect(state.billable, 'jobs that were billed').toBe(made.size)
    const rows = rowsOf(dataDir)
    expect(new Set(rows.map(({ id }) => id))).toEqual(made)
    expect(faultsOf(rows, state, 3_750_000)).toEqual([])
    expect(new Set(rows.map(({ path }) => path))).toEqual(new Set(videosIn(library)))
    const missed = mustMeet.filter(([moment, times]) => (met.get(moment) ?? 0) < times)
    expect(missed, JSON.stringify([...met])).toEqual([])
    expectSound(dataDir, library)
    expect(videosIn(library)).toHaveLength(made.size)
    expect(partsIn(library)).toEqual([])
  },
)
