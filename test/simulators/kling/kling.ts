import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Faults, type Operation } from './faults'
import { serve, type SeenRequest } from './server'
import { Tasks, type Task } from './tasks'
import type { Account } from './tokens'

export interface KlingSimulatorOptions {
  /** A relay has Kling's paths below `/kling` and knows one kind of key only. */
  kind?: 'official' | 'relay'
  /** Milliseconds that a task takes; infinite for tasks that are ended by hand. */
  jobMs?: number
  /** The service's wall clock, milliseconds since 1970. */
  wall?: () => number
  /** A file that every video is. */
  video?: string
  port?: number
}

/** How the service behaves from now on. */
export interface Behaviour {
  /** Tasks at a time. */
  concurrency: number
  /** Models that the account's resource pack includes. */
  models: string[] | null
  /** Whether the account can pay. */
  money: 'ok' | 'empty' | 'arrears'
  /** Units of the resource pack; null for an account without one. */
  units: number | null
  /** Whether an ended task says what it took. */
  tellsUnits: boolean
  /** Whether codes are written as texts. */
  textCodes: boolean
  /** Whether tasks are found by our own token. */
  finds: boolean
  /** Whether there is a list of tasks. */
  lists: boolean
}

/** Kling, or a relay to it, on this machine. */
export interface KlingSimulator extends Account {
  url: string
  behaviour: Behaviour
  faults: Faults
  requests(operation?: Operation): SeenRequest[]
  tasks(): readonly Task[]
  /** Tasks that stand on the bill. */
  billable(): number
  /** Ends a task, or all of them, at once; with a `failure` as failed. */
  finish(id?: string, failure?: string): void
  /** The next task fails so. */
  failNext(message: string): void
  /** From now on addresses that were given out lead nowhere. */
  expireAddresses(): void
  /** Forgets a task, as after 30 days. */
  forget(id: string): void
  close(): Promise<void>
}

/** Starts it on a loopback port. */
export async function startKling(options: KlingSimulatorOptions = {}): Promise<KlingSimulator> {
  const { kind = 'official', jobMs = 50, wall = Date.now, port = 0 } = options
  const video = readFileSync(options.video ?? join(process.cwd(), 'test', 'fixtures', 'clip.mp4'))
  const tasks = new Tasks(wall, jobMs)
  const faults = new Faults()
  const seen: SeenRequest[] = []
  const account: Account = {
    apiKey: kind === 'relay' ? 'sk-relay-of-the-simulator' : 'key-of-the-simulator',
    accessKey: 'ak-of-the-simulator',
    secretKey: 'sk-of-the-simulator-which-is-long-enough',
  }
  const behaviour: Behaviour = {
    concurrency: 10,
    models: null,
    money: 'ok',
    units: 1000,
    tellsUnits: true,
    textCodes: false,
    finds: true,
    lists: true,
  }
  const state = {
    kind,
    tasks,
    faults,
    seen,
    account,
    behaviour,
    wall,
    video,
    nextFailure: null as string | null,
  }
  const server = await serve(state, port)
  return {
    ...account,
    ...server,
    behaviour,
    faults,
    requests: (operation) => seen.filter((one) => operation === undefined || one.operation === operation),
    tasks: () => tasks.all,
    billable: () => tasks.all.filter(({ units }) => units > 0).length,
    finish(id, failure) {
      for (const task of tasks.all) {
        if (id !== undefined && task.id !== id) continue
        task.failure = failure ?? task.failure
        tasks.end(task)
      }
    },
    failNext(message) {
      state.nextFailure = message
    },
    expireAddresses() {
      for (const task of tasks.all) task.address += 1
    },
    forget(id) {
      tasks.all.splice(
        tasks.all.findIndex((task) => task.id === id),
        1,
      )
    },
  }
}
