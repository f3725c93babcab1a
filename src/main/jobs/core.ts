import type { JobState } from '@shared/contract'
import type { JobPatch, JobRecord } from '../history'
import type { Call, Model } from '../providers'
import { isFinal, type Engine, type Event, type Failures, type JobDeps } from './engine'
import { createGate } from './gate'
import { notify } from './notify'
import { createProgress } from './progress'

const pollsAtOnce = 16
const downloadsAtOnce = 4

/** What the core tells to those who own the queue, the timer and the removals. */
export interface CoreHooks {
  arm(at: number): void
  /** A job is in a new state, as `job` has it. */
  moved(job: JobRecord): void
  closing: AbortSignal
}

/** Makes the engine's shared part: the one function that moves states, and what belongs to every move. */
export function createCore(deps: JobDeps, hooks: CoreHooks): { engine: Engine; idle: () => Promise<void> } {
  const { history, clock, events, log, providers } = deps
  const store = history.jobs
  const progress = createProgress({ clock, events, store })
  const failures = createFailures()
  const usual = new Map<string, number | null>()
  const background = new Set<Promise<void>>()

  function move(
    id: string,
    from: readonly JobState[],
    to: JobState,
    event: Event,
    patch: JobPatch = {},
  ): boolean {
    const forgotten = isFinal(to) && forgets(id) ? { providerJobId: null } : {}
    if (!store.move(id, from, to, clock.now(), event, { ...patch, ...forgotten })) return false
    const job = store.get(id)
    if (!job) return true
    engine.show(id)
    if (isFinal(to)) {
      failures.clear(id)
      progress.forget(id)
      usual.clear()
      engine.settle(id)
      notify(deps, job)
    }
    hooks.moved(job)
    return true
  }

  /** Whether the job's provider cannot be asked about it any more: then an id would promise what nobody keeps. */
  function forgets(id: string): boolean {
    return providers.provider(store.get(id)?.provider ?? '')?.forgets === true
  }

  function note(job: JobRecord, patch: JobPatch, event?: Event): boolean {
    if (!store.patch(job.id, [job.state], clock.now(), patch, event)) return false
    if (cardChanges(job, patch)) engine.show(job.id)
    return true
  }

  function call(job: JobRecord, signal: AbortSignal): Call {
    const assets = job.inputs.flatMap((input) => {
      const asset = deps.assets.get(input.assetId)
      const path = deps.assets.path(input.assetId)
      return asset && path !== null ? [{ input, asset, path }] : []
    })
    const connection = job.connectionId === null ? null : deps.connections.access(job.connectionId)
    const address = (assetId: string) => deps.hosting.address(job, assetId, signal)
    return { job, assets, connection, address, signal }
  }

  const engine: Engine = {
    ...deps,
    store,
    progress,
    failures,
    answers: new Map(),
    gates: { polls: createGate(pollsAtOnce), downloads: createGate(downloadsAtOnce) },
    move,
    note,
    call,
    show(id, created = false) {
      const row = history.lists.row(id)
      if (!row) return
      const known = progress.of(id, row.state)
      events.publish({ type: 'job', created, job: known === undefined ? row : { ...row, progress: known } })
    },
    usualMs({ connectionId, model, params }) {
      const known = providers.model(model)?.model ?? null
      // Jobs are alike when the model's description expects the same time of them.
      const kin = expected(known, params)
      const key = JSON.stringify([connectionId, model, kin])
      const before = usual.get(key)
      if (before !== undefined) return before
      const of = (params: Record<string, unknown>) => expected(known, params)
      const alike = store.usualMs(connectionId, model, (other) =>
        kin === null || of(other) === kin ? 1 : null,
      )
      // With too few alike, others tell how far the description is off on this connection.
      const ms = alike ?? (kin === null ? null : store.usualMs(connectionId, model, inProportion(kin, of)))
      usual.set(key, ms)
      return ms
    },
    expectedMs(job) {
      const seconds = expected(providers.model(job.model)?.model ?? null, job.params)
      return engine.usualMs(job) ?? (seconds === null ? null : seconds * 1000)
    },
    settle(id) {
      const job = store.get(id)
      if (!job) return
      deps.hosting.ended(job)
      const provider = providers.provider(job.provider)
      if (provider?.settle) engine.background('settling a job with its provider', provider.settle(job))
    },
    background(what, work) {
      const entry = work
        .catch((error: unknown) => log.warn({ err: error }, what))
        .finally(() => background.delete(entry))
      background.add(entry)
    },
    arm: (at) => hooks.arm(at),
    closing: hooks.closing,
  }
  return {
    engine,
    async idle() {
      while (background.size > 0) await Promise.all(background)
    },
  }
}

/** What a model expects of old parameters, which it may not take any more. */
function expected(model: Model | null, params: Record<string, unknown>): number | null {
  try {
    return model?.seconds(params) ?? null
  } catch {
    return null
  }
}

/** How what another job took is brought to one that is expected to take `seconds`. */
function inProportion(seconds: number, of: (params: Record<string, unknown>) => number | null) {
  return (other: Record<string, unknown>) => {
    const expected = of(other)
    return expected === null || expected <= 0 ? null : seconds / expected
  }
}

/** Whether a patch changes what a card shows; times of the next poll and the like do not. */
function cardChanges(job: JobRecord, patch: JobPatch): boolean {
  return (
    (patch.waiting !== undefined && patch.waiting !== job.waiting) ||
    (patch.paused !== undefined && patch.paused !== job.paused) ||
    (patch.delayed !== undefined && patch.delayed !== job.delayed) ||
    (patch.error !== undefined && patch.error?.key !== job.error?.key)
  )
}

function createFailures(): Failures {
  const counts = { call: new Map<string, number>(), source: new Map<string, number>() }
  return {
    count(id, of = 'call') {
      const count = (counts[of].get(id) ?? 0) + 1
      counts[of].set(id, count)
      return count
    },
    clear(id, of) {
      counts.call.delete(id)
      if (of === undefined) counts.source.delete(id)
    },
  }
}
