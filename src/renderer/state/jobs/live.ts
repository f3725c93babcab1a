import type { StudioEvent } from '@shared/contract'
import { api, subscribe, useConnection } from '../../api'
import { useSettings } from '../settings'
import { scopeOf } from './filter'
import { isCut, lineLimit, lineWith, lineWithout, useLine } from './line'
import { countSoon, list, rows, rowWindow } from './store'

/** Takes in what the studio tells about jobs. */
export function hear(event: StudioEvent): void {
  switch (event.type) {
    case 'job': {
      const before = rows.get(event.job.seq)
      rows.put([event.job])
      list.changed(event.job)
      useLine.setState((line) => lineWith(line, event.job))
      if (isCut(useLine.getState())) readLineSoon()
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
      useLine.setState((line) => lineWithout(line, event.seqs))
      if (isCut(useLine.getState())) readLineSoon()
      countSoon()
      return
    case 'reload':
      void readAgain()
      return
    case 'queue':
      readLineSoon()
      return
    case 'settings':
    case 'library':
    case 'connections':
    case 'notice':
    case 'command':
    case 'opened':
    case 'prompts':
    case 'show':
    case 'conversation':
    case 'update':
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

let lineAsked = 0

/** Reads the line; an answer to an earlier question is dropped. */
export async function readLine(): Promise<void> {
  lineAsked += 1
  const own = lineAsked
  try {
    const { jobs, working, waiting } = await api.queue.get({ limit: lineLimit })
    if (own === lineAsked) useLine.setState({ jobs, working, waiting })
  } catch {
    // Read again when the connection is back.
  }
}

let lineTimer: ReturnType<typeof setTimeout> | undefined
/** Between two readings of a line that is longer than what is known of it, in milliseconds. */
const linePause = 200

function readLineSoon(): void {
  lineTimer ??= setTimeout(() => {
    lineTimer = undefined
    void readLine()
  }, linePause)
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
