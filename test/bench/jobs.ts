import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { together } from '../../src/main/jobs/backoff'
import type { Clock } from '../../src/main/ports'
import type { Provider } from '../../src/main/providers'
import { systemClock, systemRandom } from '../../src/main/system'
import { fakeProvider, openEngine } from '../simulators/fake'
import { fill, rest, startFarEnd } from './support/inFlight'
import type { BenchRow } from './support/row'

const count = 1_000
const warmRounds = 6
const settleMs = 3_000
/** How far apart the polls of one job are after twenty minutes. */
const spreadMs = 60_000
const gridMs = 1_024
const measuredMs = 12_000
/** A thousand jobs, each of them polled once in 60 to 72 seconds. */
const usualPolls = { fewest: 11, most: 20 }
const mostTries = 4
/** Of one core. */
const mostShare = 0.02

/** What a thousand jobs cost while a provider works on them: real database, a third of an hour into their lives. */
export async function jobsBench(): Promise<BenchRow[]> {
  const far = await startFarEnd()
  try {
    const wire = fakeProvider({ url: far.url, pollFloorMs: 5_000, model: { concurrency: count } })
    const here: Provider = { ...wire, poll: () => Promise.resolve({ kind: 'processing', progress: 0.5 }) }
    const [overHttp, alone] = [await measure(wire), await measure(here)]
    return [
      shareRow(`${count} jobs being polled over HTTP`, overHttp),
      shareRow(`the same without HTTP`, alone),
      {
        name: `timers of ${count} jobs being polled`,
        measured: `${overHttp.timers}`,
        target: '1',
        ok: overHttp.timers === 1,
      },
    ]
  } finally {
    far.close()
  }
}

interface Measured {
  /** Of one core. */
  share: number
  pollsPerSecond: number
  /** The most that stood at once. */
  timers: number
}

const isUsual = ({ pollsPerSecond }: Pick<Measured, 'pollsPerSecond'>) =>
  pollsPerSecond >= usualPolls.fewest && pollsPerSecond <= usualPolls.most

function shareRow(name: string, { share, pollsPerSecond }: Measured): BenchRow {
  return {
    name: `${name}, ${pollsPerSecond.toFixed(0)} times a second`,
    measured: `${(share * 100).toFixed(2)} % of one core`,
    target: `under ${mostShare * 100} % of one core`,
    ok: share < mostShare && isUsual({ pollsPerSecond }),
  }
}

async function measure(provider: Provider): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-jobs-'))
  try {
    const polls = { begun: 0, answered: 0 }
    let changed: (jobId: string) => void = () => undefined
    const counting: Provider = {
      ...provider,
      onChange(listener) {
        changed = listener
        return () => undefined
      },
      async poll(call) {
        polls.begun += 1
        try {
          return await provider.poll(call)
        } finally {
          polls.answered += 1
        }
      },
    }
    const { clock, most } = countingClock()
    const folders = { dataDir: join(folder, 'data'), library: join(folder, 'library') }
    const engine = await openEngine({ ...folders, clock, provider: counting })
    const ids = fill(engine.history.jobs, count, provider.endpoint?.(null) ?? null)
    await engine.jobs.start()
    // A studio in which a thousand jobs wait has been polling for long: its code is warm.
    for (let warm = 0; warm < warmRounds; warm += 1) {
      const wanted = polls.begun + count
      for (const id of ids) changed(id)
      // Until every answer came: on a busy machine the rest of a round would be counted as work of the measured time.
      while (polls.begun < wanted || polls.answered < polls.begun) await rest(500)
    }
    let measured: Measured
    let tries = 0
    do {
      // All were polled just now; from here on they come as they do after a while, a few together.
      const latest = together(clock.now(), spreadMs)
      for (const id of ids) {
        const nextAt = latest - gridMs * Math.floor((systemRandom.fraction() * spreadMs) / gridMs)
        engine.history.jobs.patch(id, ['processing'], clock.now(), { nextAt })
      }
      changed(ids[0] ?? '')
      await rest(settleMs)
      polls.begun = 0
      const before = process.cpuUsage()
      await rest(measuredMs)
      const used = process.cpuUsage(before)
      measured = {
        share: (used.user + used.system) / 1000 / measuredMs,
        pollsPerSecond: (polls.begun / measuredMs) * 1000,
        timers: most(),
      }
      tries += 1
      // A clock that was set, or a computer that slept, brings many at once or none.
    } while (!isUsual(measured) && tries < mostTries)
    await engine.close()
    return measured
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The system's clock, and the most timers that stood at once. */
function countingClock(): { clock: Clock; most: () => number } {
  let standing = 0
  let most = 0
  const clock: Clock = {
    now: () => systemClock.now(),
    after(ms, run) {
      standing += 1
      most = Math.max(most, standing)
      let over = false
      const end = () => {
        if (!over) standing -= 1
        over = true
      }
      const cancel = systemClock.after(ms, () => {
        end()
        run()
      })
      return () => {
        end()
        cancel()
      }
    },
  }
  return { clock, most: () => most }
}
