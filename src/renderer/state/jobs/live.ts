import type { StudioEvent } from '@shared/contract'
import { runningStates } from '@shared/words'
import { api, subscribe, useConnection } from '../../api'
import { useSettings } from '../settings'
import { scopeOf } from './filter'
import { lineWith, useLine, lineLimit } from './line'
import { countSoon, list, rows, rowWindow } from './store'

/** Takes in what the studio tells about jobs. */
export function hear(event: StudioEvent): void {
  switch (event.type) {
    case 'job': {
      const before = rows.get(event.job.seq)
      rows.put([event.job])
      list.changed(event.job)
      useLine.setState(({ jobs }) => ({ jobs: lineWith(jobs, event.job) }))
      const same = before?.state === event.job.state && before.favourite === event.job.favourite
      if (event.created || !same) countSoon()
      return
    }
    case 'progress':
      rows.patch(event.seq, { progress: event.progress })
      return
    case 'removed':
      list.removed(event.seqs)
      rows.remove(event.seqs)
      useLine.setState(({ jobs }) => ({ jobs: jobs.filter((job) => !event.seqs.includes(job.seq)) }))
      countSoon()
      return
    case 'reload':
      void readAgain()
      return
    case 'settings':
    case 'library':
    case 'connections':
    case 'notice':
    case 'command':
    case 'opened':
    case 'show':
  }
}

let reading = false
let toldMeanwhile = false
/** Between two readings of a list that keeps changing underneath, in milliseconds. */
const pause = 500

/** Reads everything again without taking what is shown off the screen; one reading at a time, however often told. */
async function readAgain(): Promise<void> {
  if (reading) {
    toldMeanwhile = true
    return
  }
  reading = true
  rows.markStale()
  rowWindow.again()
  countSoon()
  await Promise.all([list.read('quiet'), readLine()])
  setTimeout(() => {
    reading = false
    if (!toldMeanwhile) return
    toldMeanwhile = false
    void readAgain()
  }, pause)
}

async function readLine(): Promise<void> {
  try {
    const page = await api.jobs.list({ state: [...runningStates], sort: 'oldest', limit: lineLimit })
    useLine.setState({ jobs: page.jobs })
  } catch {
    // Read again when the connection is back.
  }
}

let stop: (() => void) | null = null

/** Begins to read and follow the jobs; more calls change nothing. Answers how to stop. */
export function startJobs(): () => void {
  stop ??= begin()
  return () => {
    stop?.()
    stop = null
  }
}

function begin(): () => void {
  list.store.setState({ sort: useSettings.getState().settings.sort })
  void list.read()
  void readLine()
  countSoon()
  const stops = [
    subscribe(hear),
    useSettings.subscribe(({ settings }) => list.setSort(settings.sort)),
    useConnection.subscribe((state) => {
      // A connection that comes back tells `reload`; only what never could be read is read here.
      if (state === 'open' && list.store.getState().status === 'error') void list.read()
    }),
    list.store.subscribe((state, before) => {
      const scope = JSON.stringify(scopeOf(state.filter))
      if (state.filter !== before.filter && scope !== JSON.stringify(scopeOf(before.filter))) countSoon()
    }),
  ]
  return () => {
    for (const each of stops) each()
  }
}
