import { ORPCError } from '@orpc/client'
import type { Call, Caller } from './calls'
import { secretMark, type Client, type Forms } from './house'
import { brief, faultOfError } from './judge'
import { longest, within, type Timed } from './timing'

/** What came of a run. */
export interface Report {
  calls: number
  /** Calls that could not even be written to the wire; they do not count. */
  unsent: number
  faults: string[]
  /** Calls by procedure, and those of them that were answered with what they asked for. */
  counts: Map<string, { made: number; granted: number }>
  slowestMs: number
}

/** The share of procedures that did what they were asked at least once: else it was only the parser that was tested. */
export function granted({ counts }: Report): number {
  const all = [...counts.values()]
  return all.filter((count) => count.granted > 0).length / all.length
}

/** Makes a call and says what came of it: `fault` null where all is well. */
export type Perform = (call: Call) => Promise<{ sent: boolean; granted: boolean; fault: string | null }>

/** So many at a time, so that calls also meet each other. */
const volley = 8
/** After so many calls the house is furnished anew: they remove what there is. */
const tidyEvery = 800

export interface DriveOptions {
  caller: Caller
  count: number
  perform: Perform
  refurnish: () => Promise<Forms>
}

/** Makes `count` calls; one that is too slow gets two more chances alone, since the machine may have been busy. */
export async function drive({ caller, count, perform, refurnish }: DriveOptions): Promise<Report> {
  const report: Report = { calls: 0, unsent: 0, faults: [], counts: new Map(), slowestMs: 0 }
  let tidyAt = tidyEvery
  const note = (call: Call, { late, value, ms }: Timed<Awaited<ReturnType<Perform>>>): boolean => {
    report.slowestMs = Math.max(report.slowestMs, late ? 0 : ms)
    if (late) return true
    const { name } = call.procedure
    if (!value.sent) {
      report.unsent += 1
      return false
    }
    const counted = report.counts.get(name) ?? { made: 0, granted: 0 }
    counted.made += 1
    counted.granted += value.granted ? 1 : 0
    report.counts.set(name, counted)
    report.calls += 1
    if (value.fault) report.faults.push(`${name}(${brief(call.input)}): ${value.fault}`)
    return false
  }
  while (report.calls < count && report.faults.length < 10) {
    if (report.calls >= tidyAt) {
      tidyAt += tidyEvery
      caller.furnish(await refurnish())
    }
    const calls = Array.from({ length: Math.min(volley, count - report.calls) }, () => caller.next())
    const ends = await Promise.all(calls.map((call) => within(perform(call), longest)))
    const slow = calls.filter((call, at) => note(call, ends[at] as (typeof ends)[number]))
    for (const call of slow) {
      if (!note(call, await within(perform(call), longest))) continue
      const last = await within(perform(call), longest)
      if (note(call, last))
        report.faults.push(`${call.procedure.name}(${brief(call.input)}): no answer in a second`)
    }
  }
  return report
}

/** Calls through an RPC client, as the page does. Streams are read for a moment and left. */
export function throughClient(client: Client, { memory }: Caller): Perform {
  const pages: AsyncIterator<unknown>[] = []
  return async ({ procedure, input }) => {
    try {
      const answer = await call(client, procedure.path, input)
      const [domain = ''] = procedure.path
      const seen = isStream(answer) ? await firstOf(answer) : answer
      memory.learn(seen, domain)
      if (procedure.name === 'media.orders') {
        // A page that stays for a while, so that others are heard as it.
        memory.learn(input, domain)
        pages.push(answer as AsyncIterator<unknown>)
      }
      const gone =
        isStream(answer) && procedure.name !== 'media.orders'
          ? answer
          : pages.length > 2
            ? pages.shift()
            : undefined
      // Not awaited: a reader that leaves waits for nobody.
      gone?.return?.().catch(() => undefined)
      const leaked = JSON.stringify(seen ?? null).includes(secretMark)
      return { sent: true, granted: true, fault: leaked ? 'a secret came back' : null }
    } catch (error) {
      if (!(error instanceof ORPCError) && !isAbort(error))
        return { sent: false, granted: false, fault: null }
      const leaked = brief((error as { data?: unknown }).data).includes(secretMark)
      return { sent: true, granted: false, fault: leaked ? 'a secret came back' : faultOfError(error) }
    }
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

function call(client: Client, path: string[], input: unknown): Promise<unknown> {
  let procedure: unknown = client
  for (const part of path) procedure = (procedure as Record<string, unknown>)[part]
  return (procedure as (input: unknown) => Promise<unknown>)(input)
}

function isStream(answer: unknown): answer is AsyncIterator<unknown> {
  return typeof answer === 'object' && answer !== null && 'next' in answer && Symbol.asyncIterator in answer
}

/** What a stream has to say at once. */
async function firstOf(stream: AsyncIterator<unknown>): Promise<unknown> {
  const first = await within(stream.next(), 20)
  return first.late ? undefined : first.value.value
}
