import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { MediaTasks } from '../../media'
import type { Call, Provider } from '../types'
import { fileGone, settingsUnknown } from './errors'
import { animatic } from './models'
import { requestOf, taskOf } from './request'
import { statusOf } from './status'

/** The provider that needs no key and no network: the pages of this studio render it. */
export function createAnimatic({ tasks }: { tasks: MediaTasks }): Provider {
  const enqueue = ({ job }: Call) => {
    try {
      tasks.enqueue(taskOf(job))
    } catch (error) {
      throw settingsUnknown(error)
    }
  }

  return {
    id: 'animatic',
    label: 'Animatic',
    needsConnection: false,
    offline: true,
    models: [animatic],
    request: requestOf,
    // Rendering again costs nothing and gives the same frames, so a lost submit is simply sent again.
    afterLostSubmit: 'same_token',
    pollFloorMs: 250,

    async submit(call) {
      enqueue(call)
      return { providerJobId: call.job.id, endpoint: null }
    },

    async poll(call) {
      const { id } = call.job
      if (tasks.state(id).kind === 'unknown') enqueue(call)
      return statusOf(id, tasks.state(id))
    },

    async open({ job }, _output, offset) {
      const state = tasks.state(job.id)
      if (state.kind !== 'done') throw fileGone(state.kind)
      // Opened before it is answered, so that a file that vanished is said here and not in the middle of a copy.
      const file = await open(state.path).catch(async (error: unknown) => {
        await tasks.forget(job.id)
        throw fileGone(error)
      })
      const stream = createReadStream(state.path, { fd: file, start: offset, autoClose: true })
      return {
        stream: Readable.toWeb(stream) as ReadableStream<Uint8Array>,
        bytes: state.bytes,
        offset,
      }
    },

    async cancel({ job }) {
      if (tasks.state(job.id).kind === 'done') return 'too_late'
      tasks.cancel(job.id)
      return 'cancelled'
    },

    settle: (job) => tasks.forget(job.id),
    onChange: (listener) => tasks.onChange(listener),
  }
}
