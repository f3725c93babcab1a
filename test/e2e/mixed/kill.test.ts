import { expect, it } from 'vitest'
import type { JobRow, StudioEvent } from '../../../src/shared/contract'
import { seededRandom } from '../../support/clock'
import { watchEvents } from '../../support/events'
import { tempFolder } from '../../support/folder'
import { expectSound, partsIn, videosIn } from '../../support/sound'
import { startStudio, type RunningStudio } from '../../support/studio'
import { startServices, type Service } from '../services'

const kills = 100
/** Longest wait for a moment that does not come, in milliseconds. */
const patience = 1_500
const ends: JobRow['state'][] = ['completed', 'needs_attention']

it(
  `bills no job twice and loses none over all services in one batch, however often it is killed (${kills} times)`,
  { timeout: 900_000, retry: 0 },
  async () => {
    const services = await startServices()
    const dataDir = tempFolder()
    const library = tempFolder()
    const random = seededRandom(20261129)
    const connections = new Map<string, string>()
    const made = new Map<string, { provider: string; prompt: string }>()

    /** The program started, and the secrets entered that were for one run only. */
    const start = async () => {
      const studio = await startStudio({ dataDir, library })
      for (const service of services) await enter(studio, service, connections)
      return studio
    }

    for (let kill = 0; kill < kills; kill += 1) {
      const studio = await start()
      for (const service of services) if (random.fraction() < 0.4) service.disturb(kill)
      const act = kill % 3 === 0 ? () => makeBatch(studio, services, connections, kill, made) : null
      await until(studio, services, () => random.fraction(), act)
      await studio.kill()
      expectSound(dataDir, library)
    }

    for (const service of services) service.calm()
    const studio = await start()
    const open = async () =>
      (await listOf(studio))
        .filter(({ state }) => !ends.includes(state))
        .map(({ provider, state, waiting, error }) => `${provider} ${state} ${waiting} ${error?.message}`)
    await expect.poll(open, { timeout: 300_000, interval: 500 }).toEqual([])
    const jobs = await listOf(studio)
    expect(await studio.stop()).toBe(0)

    expect(new Set(jobs.map(({ id }) => id))).toEqual(new Set(made.keys()))
    expect(services.flatMap((service) => faultsOf(service, jobs))).toEqual([])
    expectSound(dataDir, library)
    expect(videosIn(library)).toHaveLength(jobs.filter(({ state }) => state === 'completed').length)
    expect(partsIn(library)).toEqual([])
  },
)

/** What a service's bill and jobs must not be, in words. */
function faultsOf({ provider, knows, ...service }: Service, jobs: readonly JobRow[]): string[] {
  const own = jobs.filter((job) => job.provider === provider)
  const of = (state: JobRow['state']) => own.filter((job) => job.state === state)
  const completed = of('completed').length
  const bills = service.billable()
  const sent = service.submits()
  const doubtful = of('needs_attention')
  const told = `${provider}: ${own.length} jobs, ${completed} completed, ${bills} bills`
  const faults: [boolean, string][] = knows
    ? [
        [completed !== own.length, 'not every job was completed'],
        [bills !== own.length, 'not one bill a job'],
      ]
    : [
        // Where the service cannot say what became of a request, it is never made a second time.
        [sent.length !== new Set(sent).size, 'asked twice for one job'],
        [bills > own.length || bills < completed, 'bills that no job can have'],
        [doubtful.some(({ charged }) => charged !== 'unknown'), 'a doubt that is told as certain'],
      ]
  return [[completed === 0, 'nothing was completed'] as const, ...faults].flatMap(([is, fault]) =>
    is ? [`${told}: ${fault}`] : [],
  )
}

async function enter(
  studio: RunningStudio,
  service: Service,
  connections: Map<string, string>,
): Promise<void> {
  const { provider, settings, secrets } = service
  const known = connections.get(provider)
  const { status, body } = known
    ? await studio.api('PATCH', `/connections/${known}`, { secrets, keep: 'session' })
    : await studio.api('POST', '/connections', {
        provider,
        label: provider,
        settings,
        secrets,
        keep: 'session',
        concurrency: 4,
      })
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  connections.set(provider, String(body['id']))
}

async function makeBatch(
  studio: RunningStudio,
  services: readonly Service[],
  connections: ReadonlyMap<string, string>,
  round: number,
  made: Map<string, { provider: string; prompt: string }>,
): Promise<void> {
  const requests = services.map(({ provider, model, params }) => ({
    model,
    connectionId: connections.get(provider),
    prompt: `Round ${round}: a lighthouse at dusk, by ${provider}`,
    ...(params ? { params } : {}),
  }))
  const { status, body } = await studio.api('POST', '/batches', {
    requests,
    approved: { micros: 1_000_000_000, currency: 'USD', overBudget: true },
  })
  expect(status, JSON.stringify(body)).toBe(201)
  for (const { id, provider, prompt } of body['jobs'] as JobRow[]) made.set(id, { provider, prompt })
}

async function listOf(studio: RunningStudio): Promise<JobRow[]> {
  const all: JobRow[] = []
  for (let cursor = ''; ;) {
    const { body } = await studio.api('GET', `/jobs?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`)
    all.push(...(body['jobs'] as JobRow[]))
    if (typeof body['nextCursor'] !== 'string') return all
    cursor = encodeURIComponent(body['nextCursor'])
  }
}

/** Resolves at a random moment of the work: after some requests that a service saw, or some changes of jobs. */
async function until(
  studio: RunningStudio,
  services: readonly Service[],
  fraction: () => number,
  act: (() => Promise<void>) | null,
): Promise<void> {
  const deadline = Date.now() + patience
  if (fraction() < 0.5) {
    const service = services[Math.floor(fraction() * services.length)]
    const more = 1 + Math.floor(fraction() * 3)
    const before = service?.seen() ?? 0
    await act?.()
    while ((service?.seen() ?? 0) < before + more && Date.now() < deadline) await new Promise(setImmediate)
    return
  }
  let left = 1 + Math.floor(fraction() * 25)
  const enough = (event: StudioEvent) => {
    if (event.type === 'job') left -= 1
    return left <= 0 || Date.now() > deadline
  }
  let acting: Promise<void> | null = null
  const once = () => (acting ??= act?.() ?? Promise.resolve())
  await Promise.race([
    watchEvents(studio.origin, studio.token, enough, once),
    new Promise((resolve) => AbortSignal.timeout(patience).addEventListener('abort', resolve)),
  ])
  // The answer first, so that it is known which jobs there are.
  await once()
}
