import type { QueuePlace, StudioEvent } from '@shared/contract'
import { reordered } from '@shared/queue'
import { create } from 'zustand'
import { api, subscribe } from '../../api'
import { useLine } from './line'
import { JobOrder } from './order'
import { rows } from './store'
import { RowWindow } from './window'

/** Everything that waits, in the order of the queue; followed while the Queue is shown. */
export const useWaiting = create<{ order: JobOrder }>(() => ({ order: JobOrder.empty }))

/** Keeps rows at hand for what of the queue is on the screen. */
export const waitingWindow = new RowWindow({
  cache: rows,
  order: () => useWaiting.getState().order,
  fetch: async (seqs) => (await api.jobs.rows({ seqs })).jobs,
})

/** Between two readings of a queue that keeps changing underneath, in milliseconds. */
const pause = 200

let asked = 0
let timer: ReturnType<typeof setTimeout> | undefined

async function read(): Promise<void> {
  asked += 1
  const own = asked
  try {
    const { seqs } = await api.queue.order()
    if (own === asked) useWaiting.setState({ order: JobOrder.of(seqs) })
  } catch {
    // Read again when the connection is back.
  }
}

/** Reads the order of the queue again, at most a few times a second. */
export function readWaitingSoon(): void {
  timer ??= setTimeout(() => {
    timer = undefined
    void read()
  }, pause)
}

function hear(event: StudioEvent): void {
  switch (event.type) {
    case 'job': {
      const { order } = useWaiting.getState()
      const { seq, state } = event.job
      const known = order.has(seq)
      if (state === 'queued' && !known) readWaitingSoon()
      if (state !== 'queued' && known) useWaiting.setState({ order: order.without([seq]) })
      return
    }
    case 'removed':
      useWaiting.setState(({ order }) => ({ order: order.without(event.seqs) }))
      return
    case 'reload':
      waitingWindow.again()
      readWaitingSoon()
      return
    case 'queue':
      readWaitingSoon()
      return
    case 'progress':
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

/** Begins to follow the queue, with what of it is known already; the answer stops it. */
export function followWaiting(): () => void {
  const known = useLine.getState().jobs.filter(({ state }) => state === 'queued')
  rows.put(known)
  useWaiting.setState({ order: JobOrder.of(known.map(({ seq }) => seq)) })
  void read()
  return subscribe(hear)
}

/** The order as it will be once the studio has moved jobs; the same where nothing can move or a row is not at hand. */
export function waitingMoved(order: JobOrder, ids: readonly string[], to: QueuePlace): JobOrder {
  const nameOf = (id: string) => String(rows.byId(id)?.seq ?? '')
  const place =
    typeof to === 'string' ? to : 'before' in to ? { before: nameOf(to.before) } : { after: nameOf(to.after) }
  const moved = reordered(order.slice(0, order.length).map(String), ids.map(nameOf), place)
  return moved === null ? order : JobOrder.of(moved.map(Number))
}
