import type { Settings, UpdateState, UpdateTrouble } from '@shared/contract'
import { sentence } from '@shared/problems'
import type { Logger } from 'pino'
import type { Events } from '../events'
import type { ProxyChoice } from '../network'
import type { Clock } from '../ports'
import { atRest, next, releaseOf, type UpdateEvent } from './state'
import { UpdateError, type Updater, type UpdateWay } from './types'

/** The first question comes when the start is over and done, then one every six hours. */
const firstMs = 30_000
const everyMs = 6 * 60 * 60 * 1000

/** Names of what is remembered between runs. */
const kept = { skipped: 'update.skipped', checkedAt: 'update.checkedAt' } as const

/** Updating, as the page drives it; each answers where it stands now. */
export interface Updates {
  state(): UpdateState
  check(): UpdateState
  download(): UpdateState
  skip(): UpdateState
  later(): UpdateState
  restart(): UpdateState
  stay(): UpdateState
  /** Asks by itself from now on, where the person lets it. */
  start(): void
  close(): void
}

export interface UpdatesOptions {
  way: UpdateWay
  settings: { get(): Settings; read(name: string): unknown; write(name: string, value: unknown): void }
  proxy: () => ProxyChoice
  /** How many jobs send or fetch something at this moment: a restart would cut them off. */
  atWork: () => number
  events: Events
  clock: Clock
  log: Logger
}

/** Makes the one {@link Updates} of a studio. */
export function createUpdates(options: UpdatesOptions): Updates {
  const { way, settings, proxy, atWork, events, clock, log } = options
  const updater = way.kind === 'on' ? way.updater : null
  const remembered = (name: string) => settings.read(name)
  const skipped = () => {
    const version = remembered(kept.skipped)
    return typeof version === 'string' ? version : null
  }
  const checkedAt = () => {
    const at = remembered(kept.checkedAt)
    return typeof at === 'number' ? at : null
  }
  let state: UpdateState = way.kind === 'on' ? atRest(checkedAt(), skipped()) : { phase: 'off', why: way.why }
  let stop: () => void = () => undefined
  let unhear: () => void = () => undefined

  /** Moves on, and does what the new state asks for. */
  function move(event: UpdateEvent): boolean {
    const before = state
    state = next(before, event)
    if (state === before) return false
    events.publish({ type: 'update', update: state })
    if (state.phase === 'leaving') updater?.restart()
    return true
  }

  function fail(error: unknown): void {
    log.warn({ err: error }, 'an update failed')
    move({ type: 'failed', trouble: troubleOf(error) })
  }

  async function ask(by: Updater, quietly: boolean): Promise<void> {
    try {
      const release = await by.check(proxy())
      settings.write(kept.checkedAt, clock.now())
      move({ type: 'checked', release, at: clock.now(), skipped: skipped(), quietly })
    } catch (error) {
      // What nobody asked for fails in silence: a computer without a network is no news.
      if (quietly) {
        log.info({ err: error }, 'no update could be looked for')
        move({ type: 'checked', release: null, at: checkedAt(), skipped: skipped(), quietly })
      } else fail(error)
    }
  }

  function check(quietly: boolean): UpdateState {
    if (updater && move({ type: 'check' })) void ask(updater, quietly)
    return state
  }

  function later(ms: number): void {
    stop = clock.after(ms, () => {
      later(everyMs)
      if (settings.get().checkUpdates && state.phase === 'resting') check(true)
    })
  }

  return {
    state: () => state,
    check: () => check(false),
    download() {
      if (updater && move({ type: 'download' })) {
        updater
          .download(proxy(), (percent) => void move({ type: 'progress', percent }))
          .then(() => void move({ type: 'downloaded' }))
          .catch(fail)
      }
      return state
    },
    skip() {
      const version = releaseOf(state)?.version
      if (version !== undefined && move({ type: 'skip' })) settings.write(kept.skipped, version)
      return state
    },
    later() {
      move({ type: 'later' })
      return state
    },
    restart() {
      move({ type: 'restart', jobs: atWork() })
      return state
    },
    stay() {
      move({ type: 'stay' })
      return state
    },
    start() {
      if (!updater) return
      later(firstMs)
      unhear = events.listen((event) => {
        // Only then: counting them is a question to the database.
        if (event.type === 'job' && state.phase === 'waiting') move({ type: 'jobs', jobs: atWork() })
      })
    },
    close() {
      stop()
      unhear()
    },
  }
}

function troubleOf(error: unknown): UpdateTrouble {
  if (error instanceof UpdateError) return error.trouble
  const { message, hint } = sentence('internal')
  return { key: 'internal', message, hint: hint ?? null, values: {} }
}
