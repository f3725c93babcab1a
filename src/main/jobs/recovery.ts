import type { JobRecord } from '../history'
import { runningStates } from '@shared/words'
import { together } from './backoff'
import type { Engine } from './engine'
import { needAttention } from './fail'
import { nextPoll } from './poll'
import { isMistimed } from './wake'

/** So many jobs are polled right at the start; the others are spread over the time they would have waited anyway. */
const polledAtOnce = 16

/**
 * Takes up every job that the program left unfinished, from its row alone: a job with a provider's id is polled again,
 * one with a submit attempt and no id is looked up or handed to the person, the others simply go on.
 */
export async function recover(engine: Engine, enqueue: (job: JobRecord) => void): Promise<void> {
  const jobs = engine.store.inStates(runningStates)
  await sweep(engine, jobs)
  // One commit for all: a thousand of their own would keep the person waiting.
  engine.store.together(() => takeUpAll(engine, jobs, enqueue))
  finishUp(engine)
}

function takeUpAll(engine: Engine, jobs: readonly JobRecord[], enqueue: (job: JobRecord) => void): void {
  const now = engine.clock.now()
  let polls = 0
  for (const job of jobs) {
    const known = engine.providers.model(job.model)
    if (!known) {
      needAttention(engine, job, 'job.providerGone')
      continue
    }
    switch (job.state) {
      case 'queued':
        enqueue(job)
        if (isMistimed(engine, job)) takeUp(engine, job, now)
        else if (job.nextAt !== null) engine.arm(job.nextAt)
        break
      case 'processing':
        polls += 1
        takeUp(engine, job, polls <= polledAtOnce ? now : spread(engine, job, known.provider.pollFloorMs))
        break
      case 'submitting':
        if (known.provider.afterLostSubmit === 'unknown') needAttention(engine, job, 'job.attention')
        else takeUp(engine, job, now)
        break
      case 'downloading':
      case 'cancelling':
        takeUp(engine, job, now)
        break
      case 'completed':
      case 'failed':
      case 'cancelled':
      case 'needs_attention':
        break
    }
  }
}

/** Some moment until when the job would have been polled anyway. */
function spread(engine: Engine, job: JobRecord, floorMs: number): number {
  const now = engine.clock.now()
  return together(now, (nextPoll(engine, job, floorMs) - now) * engine.random.fraction())
}

function takeUp(engine: Engine, job: JobRecord, nextAt: number): void {
  engine.note(job, { nextAt, waiting: null }, { kind: 'recovered' })
  engine.arm(nextAt)
}

async function sweep(engine: Engine, jobs: JobRecord[]): Promise<void> {
  const keep = new Set(jobs.flatMap((job) => (job.outputPath === null ? [] : [job.outputPath])))
  try {
    await engine.library.sweep(keep)
  } catch (error) {
    engine.log.warn({ err: error }, 'the library could not be cleared of unfinished files')
  }
}

/** A kill may have come right after `completed`, before the poster was asked for and the provider's copy freed. */
function finishUp(engine: Engine): void {
  const { jobs } = engine.history.lists.page({ state: ['completed'] }, 'newest', undefined, 50)
  for (const row of jobs) {
    if (engine.history.derivatives.get(row.id, 'poster') === null) engine.derivatives.want(row.id)
    engine.settle(row.id)
  }
}
