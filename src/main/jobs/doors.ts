import { StudioError } from '@shared/problems'
import type { JobPreview, JobRow } from '@shared/contract'
import type { JobRecord, NewJob } from '../history'
import { times } from '../money'
import { admit, drawSeed, newJob, refusal, type Admitted } from './admit'
import { isFinal, type Engine } from './engine'
import { adopt, strays } from './imports'
import type { Removal } from './removal'
import { checkAgain, dismiss, fetchAgain } from './settle'
import type { Jobs } from './types'
import { wake } from './wake'

/** Videos of one call. */
const mostJobs = 1_000
/** More changed cards than this are read again by the page instead of being told one by one. */
const mostShown = 200

/** What the doors need of the engine's moving parts. */
export interface DoorParts {
  /** Puts new jobs into the queue and starts what may start. */
  enqueue(jobs: JobRecord[]): void
  cancel(job: JobRecord): void
  removal: Removal
}

/** What rpc calls: see {@link Jobs}. Refusals are StudioError. */
export function createDoors(engine: Engine, parts: DoorParts): Omit<Jobs, 'queue' | 'start' | 'close'> {
  const { store, clock, random, events } = engine
  const { lists } = engine.history

  function insert(jobs: NewJob[]) {
    if (engine.closing.aborted) throw new StudioError('unavailable', 'studio.closing')
    const made = store.insert(jobs)
    if (made.length <= mostShown) for (const { id } of made) engine.show(id, true)
    parts.enqueue(made)
    if (made.length > mostShown) events.publish({ type: 'reload' })
  }

  function rowOf(id: string): JobRow {
    const row = lists.row(id)
    if (!row) throw notFound()
    return row
  }

  function present(id: string): JobRecord {
    const job = store.get(id)
    if (!job || job.removedAt !== null) throw notFound()
    return job
  }

  /** Of many ids some may be gone; when all are, nothing can be done. */
  function needOne(ids: readonly string[]) {
    const there = ids.some((id) => {
      const job = store.get(id)
      return job !== null && job.removedAt === null
    })
    if (!there) throw notFound()
  }

  function withNewSeed({ model: id, params }: JobRecord) {
    const model = engine.providers.model(id)?.model
    const name = model?.shared.seed
    return model && name !== undefined ? { ...params, [name]: drawSeed(model, name, random) } : params
  }

  function showAll(jobs: JobRecord[]) {
    if (jobs.length > mostShown) events.publish({ type: 'reload' })
    else for (const { id } of jobs) engine.show(id)
  }

  return {
    async preview(request) {
      const { admitted, issues } = admit(engine, request, 'preview')
      if (!admitted) throw refusal(issues)
      return previewOf(engine, admitted)
    },

    async create(requests, approved) {
      const found = requests.map((request, index) =>
        admit(engine, request, 'make', requests.length > 1 ? ['requests', index] : []),
      )
      const issues = found.flatMap((one) => one.issues)
      if (issues.length > 0) throw refusal(issues)
      const wanted = found.flatMap(({ admitted }) =>
        admitted ? admitted.params.map((params) => ({ admitted, params })) : [],
      )
      const count = wanted.length
      if (count > mostJobs) {
        throw new StudioError('invalid_request', 'batch.tooMany', { values: { count, max: mostJobs } })
      }
      const batchId = count > 1 ? random.id(clock.now()) : null
      const from = { batchId, retryOf: null }
      const jobs = wanted.map(({ admitted, params }) => newJob(engine, admitted, params, from))
      engine.purse.guard(jobs, approved)
      insert(jobs)
      return { jobs: jobs.map(({ id }) => rowOf(id)), batchId }
    },

    get(id) {
      const detail = lists.detail(id)
      if (!detail) throw notFound()
      const progress = engine.progress.of(id, detail.state)
      return progress === undefined ? detail : { ...detail, progress }
    },

    async cancel(id) {
      const job = present(id)
      if (isFinal(job.state) && job.state !== 'cancelled') throw new StudioError('conflict', 'job.finished')
      parts.cancel(job)
      return rowOf(id)
    },

    async retry(id, newSeed, approved) {
      const job = present(id)
      if (!isFinal(job.state)) throw new StudioError('conflict', 'job.running')
      const { model, prompt, inputs, connectionId } = job
      const params = newSeed ? withNewSeed(job) : job.params
      const request = { model, prompt, inputs, params, ...(connectionId === null ? {} : { connectionId }) }
      const { admitted, issues } = admit(engine, request, 'again')
      if (!admitted) throw refusal(issues)
      const again = newJob(engine, admitted, admitted.params[0], { batchId: null, retryOf: id })
      engine.purse.guard([again], approved)
      insert([again])
      return rowOf(again.id)
    },

    async resolve(id, how) {
      const job = present(id)
      if (how === 'check') checkAgain(engine, job)
      else dismiss(engine, job)
      return rowOf(id)
    },

    async fetchAgain(id) {
      fetchAgain(engine, present(id), rowOf(id))
      return rowOf(id)
    },

    wake: () => wake(engine),
    strays: (connectionId, days) => strays(engine, connectionId, days),

    async adopt(connectionId, providerJobIds) {
      const jobs = await adopt(engine, connectionId, providerJobIds)
      if (jobs.length <= mostShown) for (const { id } of jobs) engine.show(id, true)
      else events.publish({ type: 'reload' })
      engine.arm(clock.now())
      return jobs.map(({ id }) => rowOf(id))
    },

    async remove(ids, file) {
      const removed = store.remove(ids, clock.now(), file)
      if (removed.length === 0) throw notFound()
      for (const job of removed) parts.cancel(job)
      const seqs = removed.map((job) => job.seq)
      events.publish({ type: 'removed', seqs, ids: removed.map((job) => job.id) })
      parts.removal.begin()
    },

    restore(ids) {
      store.restore(ids.filter((id) => !parts.removal.isPast(id)))
      needOne(ids)
      events.publish({ type: 'reload' })
    },

    favourite(ids, favourite) {
      needOne(ids)
      const changed = store.favourite(ids, favourite, clock.now())
      showAll(changed)
      const told = changed.map((job) => job.id)
      engine.background('bringing sidecars up to date', engine.library.retell(told, engine.closing))
    },
  }
}

function previewOf(engine: Engine, admitted: Admitted): JobPreview {
  const { model, params } = admitted
  const draft = newJob(engine, admitted, params[0], { batchId: null, retryOf: null })
  const { connectionId } = admitted
  const usual = engine.expectedMs({ connectionId, model: model.info.id, params: draft.params })
  return {
    model: model.info.id,
    count: params.length,
    estimate: times(draft.estimate, params.length),
    priceDate: draft.priceDate,
    seconds: usual === null ? null : usual / 1000,
    params: draft.params,
    request: draft.request,
  }
}

function notFound(): StudioError {
  return new StudioError('not_found', 'job.notFound')
}
