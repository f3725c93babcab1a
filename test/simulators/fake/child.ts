import { createInterface } from 'node:readline'
import type { JobState } from '../../../src/shared/contract'
import type { Library } from '../../../src/main/library'
import type { OutputBody, Provider } from '../../../src/main/providers'
import { hurriedClock } from '../../support/clock'
import { openEngine } from './engine'
import { fakeProvider } from './provider'

// The real engine as a process of its own, to be killed. It takes commands and tells what happens as JSON lines.

/** Where the process can be made to stand still, just before or after something that matters. */
export type Stop =
  | 'before submit'
  | 'after submit'
  | 'after poll'
  | 'half a file'
  | 'before receive'
  | 'after receive'
  | 'before cancel'
  | 'after cancel'

export interface ChildConfig {
  dataDir: string
  library: string
  url: string
  afterLostSubmit: Provider['afterLostSubmit']
  stopAt: Stop | null
}
type Deed = 'make' | 'cancel' | 'remove' | 'pause' | 'first' | 'hold'
export type Command =
  | { make: number }
  | { cancel: string }
  | { remove: string }
  | { pause: string }
  | { first: string }
  | { hold: boolean }
export type Said = { made: string[] } | { at: Stop } | { id: string; state: JobState } | { done: Deed }

const config = JSON.parse(process.argv[2] ?? '') as ChildConfig
const say = (what: Said) => process.stdout.write(`${JSON.stringify(what)}\n`)

async function pass(stop: Stop): Promise<void> {
  if (config.stopAt !== stop) return
  say({ at: stop })
  await new Promise(() => undefined)
}

function around(provider: Provider): Provider {
  const cancel = provider.cancel?.bind(provider)
  return {
    ...provider,
    async submit(call) {
      await pass('before submit')
      const answer = await provider.submit(call)
      await pass('after submit')
      return answer
    },
    async poll(call) {
      const status = await provider.poll(call)
      if (status.kind === 'succeeded') await pass('after poll')
      return status
    },
    async open(call, output, offset) {
      const body = await provider.open(call, output, offset)
      return config.stopAt === 'half a file' ? { ...body, stream: firstHalf(body.stream) } : body
    },
    ...(cancel
      ? {
          async cancel(call) {
            await pass('before cancel')
            const outcome = await cancel(call)
            await pass('after cancel')
            return outcome
          },
        }
      : {}),
  }
}

/** Gives half of the first chunk and stands still once that has been taken. */
function firstHalf(stream: OutputBody['stream']): OutputBody['stream'] {
  const chunks = stream[Symbol.asyncIterator]()
  let given = false
  return new ReadableStream(
    {
      async pull(controller) {
        if (given) return pass('half a file')
        const { value } = (await chunks.next()) as IteratorResult<Uint8Array, undefined>
        if (value) controller.enqueue(value.subarray(0, value.byteLength >> 1))
        given = true
      },
    },
    { highWaterMark: 0 },
  )
}

const aroundLibrary = (library: Library): Library => ({
  ...library,
  async receive(what) {
    await pass('before receive')
    const video = await library.receive(what)
    await pass('after receive')
    return video
  },
})

const engine = await openEngine({
  dataDir: config.dataDir,
  library: config.library,
  clock: hurriedClock(),
  aroundLibrary,
  provider: around(
    fakeProvider({ url: config.url, afterLostSubmit: config.afterLostSubmit, model: { concurrency: 1 } }),
  ),
})
const { jobs, history } = engine

engine.listen((event) => {
  if (event.type === 'job') say({ id: event.job.id, state: event.job.state })
})

async function obey(command: Command): Promise<Deed> {
  if ('make' in command) {
    const made = await jobs.create([{ model: 'fake-1', prompt: 'a lighthouse', count: command.make }])
    say({ made: made.jobs.map(({ id }) => id) })
    return 'make'
  }
  if ('cancel' in command) {
    await jobs.cancel(command.cancel)
    return 'cancel'
  }
  if ('remove' in command) {
    await jobs.remove([command.remove], 'trash')
    return 'remove'
  }
  if ('pause' in command) {
    jobs.queue.pause([command.pause])
    return 'pause'
  }
  if ('first' in command) {
    jobs.queue.move([command.first], 'top')
    return 'first'
  }
  if (command.hold) jobs.queue.pauseAll()
  else jobs.queue.resumeAll()
  return 'hold'
}

await jobs.start()
for (const { id, state } of history.lists.page({}, 'oldest', undefined, 200).jobs) say({ id, state })
for await (const line of createInterface({ input: process.stdin })) {
  say({ done: await obey(JSON.parse(line) as Command) })
}
await engine.close()
