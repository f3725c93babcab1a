import type { Approval, Exchange, Shot, ShotsWish } from '@shared/contract'
import { create } from 'zustand'
import { api, problemOf, type Problem } from '../../api'
import { useAssistant, type ShotRow } from './draft'
import { refusalFrom, type Refusal } from './talk'

/** A list that is being made. */
export interface Making {
  /** Shots that have come whole so far. */
  shots: Shot[]
  waiting: { until: number; why: string } | null
  /** The first answer was not in order and is asked for once more. */
  repairing: boolean
}

interface ShotsState {
  /** A brief is being read. */
  reading: boolean
  /** Why the brief was not read. */
  unread: Problem | null
  making: Making | null
  refusal: Refusal | null
  /** How the last one ended, where it did not end well. */
  ended: Pick<Exchange, 'state' | 'error'> | null
}

/** The way from a brief to a list of shots. */
export const useShots = create<ShotsState>(() => ({
  reading: false,
  unread: null,
  making: null,
  refusal: null,
  ended: null,
}))

let control: AbortController | null = null
let reads = 0

/** Reads a brief: a file, or an address in S3 by a connection. What stood there stays where it cannot be read. */
export async function readBrief(
  from: { file: File } | { uri: string; connectionId: string },
): Promise<boolean> {
  reads += 1
  const mine = reads
  useShots.setState({ reading: true, unread: null })
  try {
    const brief = await api.assistant.brief.read(
      'file' in from ? { file: from.file, name: from.file.name } : from,
    )
    if (mine !== reads) return false
    useAssistant.setState({ brief: brief.text, briefName: brief.name })
    useShots.setState({ reading: false })
    return true
  } catch (error) {
    if (mine === reads) useShots.setState({ reading: false, unread: problemOf(error) })
    return false
  }
}

/** Shots as rows of the table. */
export function rowsFrom(shots: readonly Shot[]): ShotRow[] {
  return shots.map(({ prompt, seconds, ratio, notes }) => ({
    key: crypto.randomUUID(),
    prompt,
    seconds,
    ratio,
    notes,
  }))
}

/** Makes a list of shots of a brief. What came whole before it broke off is kept as rows. */
export async function makeShots(wish: ShotsWish, approved?: Approval): Promise<void> {
  if (useShots.getState().making) return
  const mine = new AbortController()
  control = mine
  const change = (patch: Partial<Making>) =>
    useShots.setState(({ making }) => ({ making: making && { ...making, ...patch } }))
  useShots.setState({ making: { shots: [], waiting: null, repairing: false }, refusal: null, ended: null })
  try {
    const events = await api.assistant.brief.shots(approved ? { ...wish, approved } : wish, {
      signal: mine.signal,
    })
    for await (const event of events) {
      switch (event.type) {
        case 'begun':
          break
        case 'progress':
          change({ shots: event.shots, waiting: null })
          break
        case 'waiting':
          change({ waiting: { until: Date.now() + event.ms, why: event.why } })
          break
        case 'repairing':
          change({ repairing: true, waiting: null, shots: [] })
          break
        case 'ended':
          finish(event.exchange.shots ?? [], event.exchange.state === 'done' ? null : event.exchange)
          break
      }
    }
    if (useShots.getState().making)
      finish(useShots.getState().making?.shots ?? [], { state: 'broken', error: null })
  } catch (error) {
    const came = useShots.getState().making?.shots ?? []
    if (mine.signal.aborted) {
      finish(came, { state: 'stopped', error: null })
      return
    }
    finish(came, null)
    useShots.setState({ refusal: refusalFrom(error, wish) })
  }
}

function finish(shots: readonly Shot[], ended: Pick<Exchange, 'state' | 'error'> | null): void {
  if (shots.length > 0) useAssistant.setState({ shots: rowsFrom(shots) })
  useShots.setState({ making: null, ended })
}

/** Ends the list that is being made; shots that came whole stay. Answers whether there was one. */
export function stopShots(): boolean {
  if (useShots.getState().making === null) return false
  control?.abort()
  return true
}
