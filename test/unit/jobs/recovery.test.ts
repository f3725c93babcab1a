import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { finalStates } from '../../../src/main/jobs/engine'
import type { ChildConfig, Said, Stop } from '../../simulators/fake/child'
import { FakeServer } from '../../simulators/fake'
import { bundle, type Bundle } from '../../support/bundle'
import { seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { startChild } from './support/child'
import { clip } from './support/scene'

let program: Bundle
beforeAll(async () => {
  program = await bundle(join(import.meta.dirname, '../../simulators/fake/child.ts'))
}, 60_000)
afterAll(() => program.remove())

const made = (said: Said) => 'made' in said
const stopped = (said: Said) => 'at' in said
const done = (said: Said) => 'done' in said

/** A simulator and folders that outlive the processes of one test. */
async function world(afterLostSubmit: ChildConfig['afterLostSubmit']) {
  const server = await FakeServer.start({ video: clip, idempotent: afterLostSubmit === 'same_token' })
  onTestFinished(() => server.close())
  const config = { dataDir: tempFolder(), library: tempFolder(), url: server.url, afterLostSubmit }
  return {
    server,
    start: (stopAt: Stop | null = null) => startChild(program.file, { ...config, stopAt }),
    files: () =>
      readdirSync(config.library, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(mp4|part|json|tmp)$/.test(name))
        .map((name) => name.slice(name.indexOf('.')))
        .sort(),
  }
}

describe('killed in the middle of two jobs of which one waits its turn', () => {
  it.each<[Stop, ChildConfig['afterLostSubmit']]>([
    ['before submit', 'same_token'],
    ['before submit', 'lookup'],
    ['after submit', 'same_token'],
    ['after submit', 'lookup'],
    ['after poll', 'unknown'],
    ['before receive', 'unknown'],
    ['half a file', 'unknown'],
    ['after receive', 'unknown'],
  ])('%s (%s): both are made, each billed once, no half file', async (stop, kind) => {
    const { server, start, files } = await world(kind)
    const first = start(stop)
    first.send({ make: 2 })
    const { made: ids } = await first.heard(made)
    await first.heard(stopped)
    await first.kill()

    const second = start()
    await second.reach(ids, ['completed'])
    expect(await second.stop()).toBe(0)
    expect(server.billed).toBe(2)
    expect(files()).toEqual(['.json', '.json', '.mp4', '.mp4'])
  })

  it.each<[Stop, number]>([
    ['before submit', 1],
    ['after submit', 2],
  ])(
    '%s, where the provider cannot tell: the first needs attention and is never sent again',
    async (stop, billed) => {
      const { server, start } = await world('unknown')
      const first = start(stop)
      first.send({ make: 2 })
      const { made: ids } = await first.heard(made)
      await first.heard(stopped)
      await first.kill()

      const second = start()
      await second.reach(ids, finalStates)
      expect(ids.map((id) => second.states().get(id))).toEqual(['needs_attention', 'completed'])
      expect(await second.stop()).toBe(0)
      expect(server.billed).toBe(billed)
    },
  )
})

describe('killed while a job is being cancelled', () => {
  it.each<Stop>(['before cancel', 'after cancel'])('%s: it ends as cancelled', async (stop) => {
    const { server, start, files } = await world('unknown')
    server.pollsUntilDone = Infinity
    const first = start(stop)
    first.send({ make: 1 })
    const { made: ids } = await first.heard(made)
    await first.reach(ids, ['processing'])
    first.send({ cancel: ids[0] ?? '' })
    await first.heard(stopped)
    await first.kill()

    const second = start()
    await second.reach(ids, ['cancelled'])
    expect(await second.stop()).toBe(0)
    expect(server.billed).toBe(1)
    expect(files()).toEqual([])
  })
})

describe('killed after a job was removed', () => {
  it('clears away row and file at the next start', async () => {
    const { start, files } = await world('unknown')
    const first = start()
    first.send({ make: 1 })
    const { made: ids } = await first.heard(made)
    await first.reach(ids, ['completed'])
    first.send({ remove: ids[0] ?? '' })
    await first.heard(
      (said): said is Extract<Said, { done: 'remove' }> => done(said) && said.done === 'remove',
    )
    await first.kill()

    const second = start()
    expect(await second.stop()).toBe(0)
    expect(files()).toEqual([])
  })
})

describe('killed at ten moments drawn at random', () => {
  it('loses none of twelve jobs, bills none twice and leaves no half file', { timeout: 60_000 }, async () => {
    const { server, start, files } = await world('same_token')
    const random = seededRandom(7)
    const ids: string[] = []
    for (let kill = 0; kill < 10; kill += 1) {
      const child = start()
      if (kill < 6) {
        child.send({ make: 2 })
        ids.push(...(await child.heard(made)).made)
      }
      // Some number of lines later, wherever that is.
      let lines = Math.floor(random.fraction() * 12)
      await child.heard((said): said is Said => 'state' in said && (lines -= 1) < 0).catch(() => undefined)
      await child.kill()
    }
    const last = start()
    await last.reach(ids, ['completed'])
    expect(await last.stop()).toBe(0)
    expect(server.billed).toBe(12)
    expect(files()).toEqual([...Array<string>(12).fill('.json'), ...Array<string>(12).fill('.mp4')])
  })
})

describe('killed with a queue that a person had put in order', () => {
  it('keeps the order, the paused job and the paused queue: nothing is sent until it is resumed', async () => {
    const { server, start } = await world('same_token')
    const first = start('before submit')
    first.send({ make: 4 })
    const { made: ids } = await first.heard(made)
    await first.heard(stopped)
    const [a = '', b = '', c = '', d = ''] = ids
    first.send({ hold: true })
    first.send({ pause: b })
    first.send({ first: d })
    await first.heard(
      (said): said is Extract<Said, { done: unknown }> => 'done' in said && said.done === 'first',
    )
    await first.kill()

    const second = start()
    await second.reach([a], ['completed'])
    expect(server.billed).toBe(1)
    second.send({ hold: false })
    await second.reach([c, d], ['completed'])
    expect(await second.stop()).toBe(0)
    expect(second.states().get(b)).toBe('queued')
    expect(second.ended()).toEqual([a, d, c])
  })
})
