import type { JobRow, StudioEvent } from '@shared/contract'
import { describe, expect, test } from 'vitest'
import { createEvents } from '../../../src/main/events'
import { createFeed, EventQueue } from '../../../src/main/rpc/feed'

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
/** Only what the queue reads of a row. */
const job = (n: number, created = false, state = 'queued'): StudioEvent => ({
  type: 'job',
  created,
  job: { id: id(n), seq: n, state } as JobRow,
})
const progress = (n: number, value: number): StudioEvent => ({
  type: 'progress',
  id: id(n),
  seq: n,
  progress: value,
})
const removed = (n: number): StudioEvent => ({ type: 'removed', seqs: [n], ids: [id(n)] })

function drain(queue: EventQueue): StudioEvent[] {
  const events: StudioEvent[] = []
  for (let event = queue.shift(); event; event = queue.shift()) events.push(event)
  return events
}

function filled(...events: StudioEvent[]): EventQueue {
  const queue = new EventQueue()
  for (const event of events) queue.push(event)
  return queue
}

describe('what waits for one listener', () => {
  test('keeps the newest progress of a job, so that a slow page does not replay old ones', () => {
    expect(drain(filled(progress(1, 0.1), progress(2, 0.5), progress(1, 0.9)))).toEqual([
      progress(1, 0.9),
      progress(2, 0.5),
    ])
  })

  test('a newer row replaces the older one and stays new to the listener', () => {
    expect(drain(filled(job(1, true), job(1, false, 'completed')))).toEqual([job(1, true, 'completed')])
  })

  test('a row makes the progress before it stale', () => {
    expect(drain(filled(progress(1, 0.4), job(1, false, 'completed')))).toEqual([job(1, false, 'completed')])
  })

  test('a removed job does not come back through a row that still waited', () => {
    expect(drain(filled(job(1), progress(1, 0.2), removed(1)))).toEqual([removed(1)])
  })

  test('a job restored after its removal is told after it', () => {
    expect(drain(filled(removed(1), job(1, true)))).toEqual([removed(1), job(1, true)])
  })

  test('a conversation that changes often is told once, and others are not forgotten for it', () => {
    const talk = (n: number): StudioEvent => ({ type: 'conversation', id: id(n) })
    expect(drain(filled(talk(1), talk(2), talk(1)))).toEqual([talk(1), talk(2)])
  })

  test('removals are told together', () => {
    expect(drain(filled(removed(1), removed(2)))).toEqual([
      { type: 'removed', seqs: [1, 2], ids: [id(1), id(2)] },
    ])
  })

  test('a listener that never reads costs bounded memory and is told to read again', () => {
    const queue = new EventQueue()
    for (let n = 0; n < 50_000; n++) queue.push(job(n, true))
    expect(queue.size).toBeLessThanOrEqual(2_001)
    expect(drain(queue)[0]).toEqual({ type: 'reload' })
  })

  test('removals without end are bounded too', () => {
    const queue = new EventQueue()
    for (let n = 0; n < 50; n++) {
      queue.push({
        type: 'removed',
        seqs: [],
        ids: Array.from({ length: 1_000 }, (_, i) => id(n * 1_000 + i)),
      })
    }
    const events = drain(queue)
    expect(events[0]).toEqual({ type: 'reload' })
    expect(events.flatMap((event) => (event.type === 'removed' ? event.ids : [])).length).toBeLessThan(10_001)
  })

  test('images opened one after another all arrive', () => {
    const asset = (n: number) => ({ id: id(n) }) as Extract<StudioEvent, { type: 'opened' }>['assets'][number]
    const queue = filled({ type: 'opened', assets: [asset(1)] }, { type: 'opened', assets: [asset(2)] })
    expect(drain(queue)).toEqual([{ type: 'opened', assets: [asset(1), asset(2)] }])
  })
})

describe('the feed', () => {
  const quiet = () => createEvents((error) => expect.unreachable(String(error)))

  test('hears what happens between the call and the first read', async () => {
    const events = quiet()
    const feed = createFeed(events, undefined)
    events.publish({ type: 'reload' })
    expect(await feed.next()).toEqual({ done: false, value: { type: 'reload' } })
  })

  test('ends a read that waits when the listener goes, instead of leaving it hanging', async () => {
    const stop = new AbortController()
    const feed = createFeed(quiet(), stop.signal)
    const waiting = feed.next()
    stop.abort()
    expect((await waiting).done).toBe(true)
  })

  test('stops listening when the reader stops, so that nothing piles up for nobody', async () => {
    const events = quiet()
    let listeners = 0
    const counted = {
      publish: (event: StudioEvent) => events.publish(event),
      listen: (listener: (event: StudioEvent) => void) => {
        const stop = events.listen(listener)
        listeners += 1
        return () => {
          listeners -= 1
          stop()
        }
      },
    }
    const feed = createFeed(counted, undefined)
    expect(listeners).toBe(1)
    await feed.return(undefined)
    expect(listeners).toBe(0)
  })

  test('a listener that was gone before it began gets nothing', async () => {
    const feed = createFeed(quiet(), AbortSignal.abort())
    expect((await feed.next()).done).toBe(true)
  })
})
