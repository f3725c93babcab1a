import { runningStates } from '@shared/words'
import type { JobState } from '@shared/contract'
import type { JobRecord } from '../history'
import { createCancel, submitGraceMs } from './cancel'
import { cancelling } from './cancelling'
import { createCore } from './core'
import { createDoors } from './doors'
import { download } from './download'
import { isFinal, type JobDeps, type Step } from './engine'
import { needAttention } from './fail'
import { createHaste } from './haste'
import { createHold } from './hold'
import { createLanes } from './lanes'
import { nextPoll, poll } from './poll'
import { createQueue } from './queue'
import { recover } from './recovery'
import { createRemoval } from './removal'
import { createRunner } from './runner'
import { createScheduler } from './scheduler'
import { beginSubmit, resubmit, submit } from './submit'
import type { Jobs } from './types'
import { wakeConnection } from './wake'

/** Jobs that one look at the table takes up. */
const dueAtOnce = 200
/** Work that broke off for a reason of our own (a full disk under the database) begins again after this long. */
const brokenMs = 30_000

/** What goes on by itself with a job in each state. */
const steps: Partial<Record<JobState, Step>> = {
  submitting: resubmit,
  processing: poll,
  downloading: download,
  cancelling,
}

/** Makes the job engine. Nothing moves before {@link Jobs.start}. */
export function createJobs(deps: JobDeps): Jobs {
  const { clock, log, providers } = deps
  const store = deps.history.jobs
  const closing = new AbortController()
  const broken = new Map<string, number>()
  let started = false

  const { engine, idle } = createCore(deps, {
    // Without a timer nothing falls due.
    arm: (at) => deps.safeMode || scheduler.arm(at),
    closing: closing.signal,
    moved,
  })
  const runner = createRunner(dispatch)
  const lanes = createLanes({
    store,
    clock,
    limit({ connectionId, model }) {
      if (deps.safeMode || hold.holds()) return 0
      const connection = connectionId === null ? null : deps.connections.record(connectionId)
      if (connection && !connection.enabled) return 0
      return connection?.concurrency ?? providers.model(model)?.model.info.concurrency ?? 1
    },
    start(job) {
      // The work that put it back into the queue has not quite stopped: the queue is looked at again when it has.
      if (runner.again(job.id)) return false
      const begun = beginSubmit(engine, job) ? store.get(job.id) : null
      if (begun) work(begun, submit)
      return true
    },
    wait: (job) => engine.note(job, { waiting: isOff(job) ? 'connection' : 'turn' }, { kind: 'waiting' }),
  })
  const isOff = ({ connectionId }: JobRecord) =>
    connectionId !== null && deps.connections.record(connectionId)?.enabled === false
  const hold = createHold(deps, () => started && lanes.pumpAll())
  const removal = createRemoval(engine)
  const cancel = createCancel(engine, stop)
  const doors = createDoors(engine, { enqueue, cancel, removal })
  const queue = createQueue(engine, { hold, lanes, cancel })
  const haste = createHaste(engine)
  let unhook: (() => void) | null = null
  const scheduler = createScheduler({
    clock,
    work: takeDue,
    next: () => soonest([store.nextDueAt(), removal.next(), ...broken.values()]),
    onError: (error) => log.error({ err: error }, 'looking after waiting jobs failed'),
  })

  function enqueue(jobs: JobRecord[]) {
    if (!started) return
    for (const job of jobs) lanes.add(job)
    for (const job of jobs) lanes.pump(job)
  }

  /** A job came into a new state: the queue may take it back, or has a place free. */
  function moved(job: JobRecord) {
    if (isFinal(job.state)) {
      removal.ended(job)
      haste.forget(job.id)
    }
    if (closing.signal.aborted || !started) return
    if (job.state === 'queued') {
      if (isOff(job)) engine.note(job, { waiting: 'connection' })
      lanes.add(job)
      engine.arm(job.nextAt ?? clock.now())
    }
    if (isFinal(job.state) || job.state === 'queued') lanes.pump(job)
  }

  /** It may have been switched on or off, given a secret, or allowed more at a time. */
  function connectionChanged(id: string) {
    wakeConnection(engine, id)
    for (const job of store.inStates(['queued'])) {
      if (job.connectionId !== id) continue
      const waiting = isOff(job) ? 'connection' : job.waiting === 'connection' ? 'turn' : job.waiting
      if (waiting !== job.waiting) engine.note(job, { waiting, error: null, errorRaw: null })
      lanes.pump(job)
    }
  }

  function takeDue(now: number) {
    for (const job of store.due(now, dueAtOnce)) {
      // Nothing falls due twice: a poll has its next time already, for all else who works on it says when.
      const floorMs = job.state === 'processing' ? providers.provider(job.provider)?.pollFloorMs : undefined
      const nextAt = floorMs === undefined ? null : nextPoll(engine, job, floorMs)
      if (store.patch(job.id, [job.state], now, { nextAt })) attend(job)
    }
    for (const [id, at] of broken) {
      // Not later than it can be by a clock that was not set back meanwhile.
      if (at > now && at <= now + brokenMs) continue
      broken.delete(id)
      dispatch(id)
    }
    removal.work(now)
  }

  function dispatch(id: string) {
    const job = store.get(id)
    if (job && !closing.signal.aborted && !deps.safeMode) attend(job)
  }

  /** Does what a job's state asks for, now. */
  function attend(job: JobRecord) {
    if (job.state === 'queued') lanes.pump(job)
    // A submit that was cancelled has had its time to bring the id.
    if (job.state === 'cancelling') runner.abort(['submitting'], job.id)
    const step = steps[job.state]
    if (step) work(job, step)
  }

  function work(job: JobRecord, step: Step) {
    const known = providers.model(job.model)
    if (!known) {
      needAttention(engine, job, 'job.providerGone')
      return
    }
    runner.run(job.id, job.state, async (signal) => {
      try {
        await step(engine, { job, ...known }, signal)
      } catch (error) {
        log.error({ err: error, job: job.id, state: job.state }, 'work on a job broke off')
        const at = clock.now() + brokenMs
        broken.set(job.id, at)
        scheduler.arm(at)
      }
    })
  }

  /** Turns to a job that is to be cancelled; a submit under way gets its time to bring the id. */
  function stop(id: string) {
    runner.abort(['processing', 'downloading'], id)
    if (!runner.again(id)) dispatch(id)
  }

  return {
    ...doors,
    queue,
    wake() {
      // One that was under way when the computer fell asleep may wait for an answer that nobody sends any more.
      runner.abort(['processing'])
      doors.wake()
    },
    async start() {
      if (deps.safeMode) return
      await recover(engine, (job) => lanes.add(job))
      started = true
      lanes.pumpAll()
      removal.recover()
      unhook = deps.connections.onChange(connectionChanged)
    },
    async close() {
      closing.abort()
      unhook?.()
      hold.close()
      scheduler.stop()
      haste.close()
      runner.abort(runningStates.filter((state) => state !== 'submitting'))
      const release = clock.after(submitGraceMs, () => runner.abort(['submitting']))
      await runner.idle()
      release()
      await idle()
    },
  }
}

function soonest(times: (number | null)[]): number | null {
  const known = times.filter((at) => at !== null)
  return known.length === 0 ? null : Math.min(...known)
}
