import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { startAws } from '../simulators/aws'
import { startJimeng } from '../simulators/jimeng'
import { startKling } from '../simulators/kling'
import { startRunway } from '../simulators/runway'
import { startWan22 } from '../simulators/wan22'
import { awsSettings } from '../support/awsHome'

/** One paid service with all that the test needs to know of it. */
export interface Service {
  provider: string
  model: string
  settings: Record<string, unknown>
  secrets: Record<string, string>
  params?: Record<string, unknown>
  /** Whether it can say what became of a request whose answer was lost. Where not, the person is asked. */
  knows: boolean
  /** Requests of any kind so far. */
  seen: () => number
  /** Prompts of the submits that came, each as often as it came. */
  submits: () => string[]
  /** Entries on its bill. */
  billable: () => number
  /** Something goes wrong with the next submit, poll or download. */
  disturb: (round: number) => void
  calm: () => void
  /** The next submit is refused with these words of the service's own. */
  refuse: (words: string) => void
}

const clip = () => readFileSync(join(process.cwd(), 'test', 'fixtures', 'clip.mp4'))
const textOf = (body: string, name: string) => String((JSON.parse(body) as Record<string, unknown>)[name])

/** Every paid service there is, on loopback, closed when the test ends. */
export async function startServices(): Promise<Service[]> {
  return [await luma(), await wan22(), await runway(), await kling(), await jimeng()]
}

async function luma(): Promise<Service> {
  const aws = await startAws({ jobMs: 300, concurrency: 6 })
  onTestFinished(() => aws.close())
  const { accessKeyId, secretAccessKey } = aws.credential
  const faults = [
    ['StartAsyncInvoke', { kind: 'drop_after' }],
    ['StartAsyncInvoke', { kind: 'half' }],
    ['GetObject', { kind: 'truncated', after: 9_000 }],
    ['GetAsyncInvoke', { kind: 'html' }],
  ] as const
  return {
    provider: 'luma-ray2',
    model: 'luma-ray2',
    settings: { ...awsSettings(aws), signIn: 'keys', transport: 'auto' },
    secrets: { accessKeyId, secretAccessKey },
    knows: true,
    seen: () => aws.requests().length,
    submits: () => aws.requests('StartAsyncInvoke').flatMap(({ body }) => promptOfLuma(body)),
    billable: () => aws.billable(),
    disturb(round) {
      const fault = faults[round % faults.length]
      if (fault) aws.faults.add(fault[0], fault[1])
    },
    calm: () => aws.faults.clear(),
    refuse: (message) =>
      aws.faults.add('StartAsyncInvoke', {
        kind: 'error',
        status: 400,
        code: 'ValidationException',
        message,
      }),
  }
}

function promptOfLuma(body: string): string[] {
  const { modelInput } = JSON.parse(body) as { modelInput: { prompt: string } }
  return [modelInput.prompt]
}

async function wan22(): Promise<Service> {
  // In pieces, so that a kill meets an answer that is half here.
  const simulator = await startWan22({ video: clip(), pieces: 4_096 })
  onTestFinished(() => simulator.close())
  const calls = () => simulator.seen.filter(({ method }) => method === 'POST')
  return {
    provider: 'wan22',
    model: 'wan22-ti2v-5b',
    settings: { address: simulator.address },
    secrets: { key: simulator.key },
    knows: false,
    seen: () => simulator.seen.length,
    submits: () => calls().map(({ body }) => String((body as { prompt: unknown }).prompt)),
    billable: () => simulator.runs,
    disturb: (round) => simulator.fail({ kind: round % 2 === 0 ? 'drop_after' : 'drop' }),
    calm: () => undefined,
    refuse: (detail) => simulator.fail({ kind: 'status', status: 400, body: JSON.stringify({ detail }) }),
  }
}

async function runway(): Promise<Service> {
  // A task whose answer was lost is never asked for, and would keep its place for ever.
  const simulator = await startRunway({ behaviour: { daily: 10_000, together: 10_000 } })
  onTestFinished(() => simulator.close())
  const faults = [
    ['create', { kind: 'drop_after' }],
    ['task', { kind: 'drop' }],
    ['file', { kind: 'half' }],
    ['create', { kind: 'half' }],
  ] as const
  return {
    provider: 'runway',
    model: 'runway-gen4-5',
    settings: { baseUrl: simulator.url },
    secrets: { apiKey: simulator.apiKey },
    params: { duration: 5, ratio: '1280:720' },
    knows: false,
    seen: () => simulator.requests.length,
    submits: () => simulator.of('create').map(({ body }) => textOf(body, 'promptText')),
    billable: () => simulator.tasks.length,
    disturb(round) {
      const fault = faults[round % faults.length]
      if (fault) simulator.fault(fault[0], fault[1])
    },
    calm: () => undefined,
    refuse: (error) => simulator.fault('create', { kind: 'status', status: 400, body: { error } }),
  }
}

async function kling(): Promise<Service> {
  const simulator = await startKling({ jobMs: 200 })
  onTestFinished(() => simulator.close())
  const faults = [
    ['submit', { kind: 'drop_after' }],
    ['submit', { kind: 'half' }],
    ['poll', { kind: 'html', status: 502 }],
    ['file', { kind: 'half' }],
  ] as const
  return {
    provider: 'kling',
    model: 'kling-v2-6',
    settings: { baseUrl: simulator.url },
    secrets: { apiKey: simulator.apiKey },
    knows: true,
    seen: () => simulator.requests().length,
    submits: () => simulator.requests('submit').map(({ body }) => textOf(body, 'prompt')),
    billable: () => simulator.billable(),
    disturb(round) {
      const fault = faults[round % faults.length]
      if (fault) simulator.faults.add(fault[0], fault[1])
    },
    calm: () => simulator.faults.clear(),
    refuse: (message) => simulator.faults.add('submit', { kind: 'refuse', status: 400, code: 1201, message }),
  }
}

async function jimeng(): Promise<Service> {
  const simulator = await startJimeng({ video: clip() })
  simulator.state.concurrency = 10_000
  onTestFinished(() => simulator.close())
  const { accessKeyId, secretAccessKey } = simulator.account
  const faults = [
    ['submit', { kind: 'drop_after' }],
    ['result', { kind: 'html', status: 502 }],
    ['file', { kind: 'half' }],
    ['submit', { kind: 'half' }],
  ] as const
  return {
    provider: 'jimeng',
    model: 'jimeng-3',
    settings: { endpoint: simulator.url },
    secrets: { accessKeyId, secretAccessKey },
    knows: false,
    seen: () => simulator.state.seen.length,
    submits: () => simulator.requests('submit').map(({ body }) => textOf(body, 'prompt')),
    billable: () => simulator.billable(),
    disturb(round) {
      const fault = faults[round % faults.length]
      if (fault) simulator.fault(fault[0], fault[1])
    },
    calm: () => undefined,
    refuse: (message) =>
      simulator.fault('submit', {
        kind: 'answer',
        status: 400,
        body: { code: 50412, data: null, message, request_id: 'r', status: 50412, time_elapsed: '1ms' },
      }),
  }
}
