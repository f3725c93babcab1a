import { createRouterClient } from '@orpc/server'
import { onTestFinished } from 'vitest'
import { createStudio } from '../../../src/main/studio'
import { startRunway, type RunwayOptions } from '../../simulators/runway'
import { hurriedClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { studioPorts } from '../../support/ports'

const finals = ['completed', 'failed', 'needs_attention', 'cancelled']

/** A whole studio with an official account at the simulator; `options.secrets` false leaves it without one. */
export async function openHouse(options: RunwayOptions = {}) {
  const folder = tempFolder()
  const runway = await startRunway(options)
  onTestFinished(() => runway.close())
  const open = (seed: number) =>
    createStudio(
      studioPorts(folder, {
        clock: hurriedClock(40),
        random: seededRandom(seed),
      }),
    )
  let studio = await open(1)
  onTestFinished(() => studio.close())
  let client = createRouterClient(studio.router)
  const { id: connectionId } = await client.connections.create({
    provider: 'runway',
    label: 'Studio',
    settings: { baseUrl: runway.url },
    secrets: { apiKey: runway.apiKey },
    keep: 'session',
  })

  /** Resolves when a job is as `holds` wants it. */
  async function until(id: string, holds: (job: Awaited<ReturnType<typeof client.jobs.get>>) => boolean) {
    const stop = new AbortController()
    const events = await client.studio.events(undefined, { signal: stop.signal })
    try {
      let job = await client.jobs.get({ id })
      if (holds(job)) return job
      for await (const { type } of events) {
        if (type !== 'job') continue
        job = await client.jobs.get({ id })
        if (holds(job)) return job
      }
      throw new Error(`the studio closed while the job was ${job.state}`)
    } finally {
      stop.abort()
    }
  }

  return {
    runway,
    folder,
    connectionId,
    client: () => client,
    studio: () => studio,
    until,
    ended: (id: string) => until(id, ({ state }) => finals.includes(state)),
    create: async (change: Record<string, unknown> = {}) => {
      const wish = { model: 'runway-gen4-5', prompt: 'A lighthouse', connectionId, ...change }
      const { jobs } = await client.jobs.create(wish)
      return jobs[0]?.id ?? ''
    },
    /** Closes it and opens it anew on the same folders; the key, kept for one session, is entered again. */
    restart: async () => {
      await studio.close()
      studio = await open(2)
      client = createRouterClient(studio.router)
      await client.connections.update({ id: connectionId, secrets: { apiKey: runway.apiKey } })
    },
  }
}
