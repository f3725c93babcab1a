import type { JobRow } from '@shared/contract'
import { StudioError } from '@shared/problems'
import type { JobRecord } from '../history'
import type { Engine } from './engine'

/** Columns that only a job which has ended has. */
const goesOn = { finishedAt: null, error: null, errorRaw: null, waiting: null, retryAfter: null } as const

/**
 * Asks the provider about a job that needs attention: one with an id is polled again; one without is looked up, or sent
 * again as the very same request, where the provider can tell that it is the same one. Throws `conflict` where the
 * provider can do neither.
 */
export function checkAgain(engine: Engine, job: JobRecord): void {
  const provider = engine.providers.model(job.model)?.provider
  const now = engine.clock.now()
  if (!provider) throw new StudioError('conflict', 'job.cannotCheck')
  needConnection(engine, job)
  const to = job.providerJobId !== null ? 'processing' : 'submitting'
  if (to === 'submitting' && (provider.afterLostSubmit === 'unknown' || job.submitAttemptedAt === null)) {
    throw new StudioError('conflict', 'job.cannotCheck')
  }
  const event = { kind: 'checked_again' } as const
  if (!engine.move(job.id, ['needs_attention'], to, event, { ...goesOn, nextAt: now })) {
    throw new StudioError('conflict', 'job.settled')
  }
  engine.arm(now)
}

/** Lets a job that needs attention rest as failed; whether it was charged stays as unknown as it is. */
export function dismiss(engine: Engine, job: JobRecord): void {
  const event = { kind: 'dismissed' } as const
  if (!engine.move(job.id, ['needs_attention'], 'failed', event, {})) {
    throw new StudioError('conflict', 'job.settled')
  }
}

/**
 * Takes up a job again whose video the provider may still have, or may yet make: `fetchable` as its card says. It is
 * polled for where the video lies now, and downloaded; nothing is asked for anew and nothing is charged.
 */
export function fetchAgain(engine: Engine, job: JobRecord, { fetchable }: Pick<JobRow, 'fetchable'>): void {
  const known = engine.providers.model(job.model)
  const lost = job.state === 'failed' || (job.state === 'completed' && job.fileMissing)
  const left = job.state === 'cancelled' && fetchable
  if (!known || !(lost || left) || job.providerJobId === null)
    throw new StudioError('conflict', 'job.notFetchable')
  needConnection(engine, job)
  const now = engine.clock.now()
  const moved = engine.move(
    job.id,
    [job.state],
    'processing',
    { kind: left ? 'watched_again' : 'fetched_again' },
    // Without a start: how long a video lay there says nothing of how long one takes.
    { ...goesOn, nextAt: now, startedAt: null, outputs: null, cancelRequested: false, delayed: false },
  )
  if (!moved) throw new StudioError('conflict', 'job.notFetchable')
  engine.arm(now)
}

/** Without its connection the provider cannot be asked about a job, and it stays as it is. */
function needConnection(engine: Engine, { connectionId }: JobRecord): void {
  if (connectionId !== null && engine.connections.access(connectionId) === null) {
    throw new StudioError('conflict', 'connection.gone')
  }
}
