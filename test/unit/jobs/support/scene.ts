import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import type { Keychain } from '../../../../src/main/connections'
import type { NewConnection } from '../../../../src/main/connections/types'
import type { Connection, JobDetail, JobRequest, JobRow, JobState } from '../../../../src/shared/contract'
import type { Library } from '../../../../src/main/library'
import type { Clock, Desk } from '../../../../src/main/ports'
import {
  fakeProvider,
  FakeServer,
  openEngine,
  type FakeProviderOptions,
  type RunningEngine,
} from '../../../simulators/fake'
import { hurriedClock } from '../../../support/clock'
import { tempFolder } from '../../../support/folder'

/** A second of real H.264. */
export const clip = new Uint8Array(readFileSync(join(import.meta.dirname, '../../../fixtures/clip.mp4')))

/** These tests are not about money. */
const approved = { micros: 1_000_000_000, currency: 'USD', overBudget: true }

export interface SceneOptions extends Partial<Omit<FakeProviderOptions, 'url'>> {
  pollsUntilDone?: number
  idempotent?: boolean
  clock?: Clock
  notify?: Desk['notify']
  keychain?: Keychain
  hide?: (secret: string) => void
  aroundLibrary?: (library: Library) => Library
  /** Leaves the engine standing. */
  still?: boolean
  safeMode?: boolean
}

export interface Scene extends RunningEngine {
  server: FakeServer
  /** Runs thirty times as fast as the real one, unless another was given. */
  clock: Clock
  dataDir: string
  folder: string
  /** Makes one job (or several by `count`) and answers the rows. */
  make(change?: Partial<JobRequest>): Promise<JobRow[]>
  one(change?: Partial<JobRequest>): Promise<JobRow>
  /** Adds an account at the simulator. */
  connect(change?: Partial<NewConnection>): Promise<Connection>
  detail(id: string): JobDetail
  /** Waits until a job is in one of these states; fails fast when it ended in another. */
  reach(id: string, ...states: JobState[]): Promise<JobDetail>
  /** Kinds of a job's events, in order. */
  story(id: string): string[]
  /** Closes this engine and opens another on the same folders. */
  reopen(change?: Partial<SceneOptions>): Promise<Scene>
}

/** The real engine against the simulator over loopback HTTP, cleared away when the test ends. */
export async function scene(options: SceneOptions = {}): Promise<Scene> {
  const server = await FakeServer.start({
    video: clip,
    pollsUntilDone: options.pollsUntilDone ?? 1,
    idempotent: options.idempotent ?? options.afterLostSubmit === 'same_token',
  })
  onTestFinished(() => server.close())
  return open(server, tempFolder(), tempFolder(), options)
}

async function open(
  server: FakeServer,
  dataDir: string,
  folder: string,
  options: SceneOptions,
): Promise<Scene> {
  const provider = fakeProvider({ ...options, url: server.url })
  const { clock = hurriedClock(), notify, keychain, hide, aroundLibrary } = options
  const engine = await openEngine({
    dataDir,
    library: folder,
    provider,
    clock,
    safeMode: options.safeMode ?? false,
    ...(notify ? { notify } : {}),
    ...(keychain ? { keychain } : {}),
    ...(hide ? { hide } : {}),
    ...(aroundLibrary ? { aroundLibrary } : {}),
  })
  let running = true
  const close = async () => {
    if (running) await engine.close()
    running = false
  }
  onTestFinished(close)
  if (!options.still) await engine.jobs.start()
  const detail = (id: string) => engine.jobs.get(id)
  const make: Scene['make'] = async (change = {}) => {
    const asked = { model: 'fake-1', ...change, prompt: change.prompt ?? 'a lighthouse' }
    return (await engine.jobs.create([asked], approved)).jobs
  }
  return {
    ...engine,
    close,
    clock,
    server,
    dataDir,
    folder,
    detail,
    make,
    connect: (change = {}) =>
      engine.connections.create({
        provider: 'fake',
        label: 'Mine',
        settings: {},
        secrets: {},
        keep: 'session',
        concurrency: null,
        budget: null,
        ...change,
      }),
    async one(change) {
      const [row] = await make(change)
      if (!row) throw new Error('no job was made')
      return row
    },
    async reach(id, ...states) {
      const state = () => engine.history.jobs.get(id)?.state
      await vi.waitFor(() => expect(states).toContain(state()), { timeout: 10_000, interval: 5 })
      return detail(id)
    },
    story: (id) => engine.history.jobs.events(id).map((event) => event.kind),
    async reopen(change = {}) {
      await close()
      return open(server, dataDir, folder, { ...options, clock, ...change })
    },
  }
}
