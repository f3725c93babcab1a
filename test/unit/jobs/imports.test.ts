import { describe, expect, it } from 'vitest'
import { scene, type Scene, type SceneOptions } from './support/scene'

const account = { needsConnection: true } as const
type Refusal = { code: string; key: string; message: string; hint: string | undefined }

/** Makes a job at the provider past the studio, as another program would; answers its id there. */
async function elsewhere(studio: Scene, token: string): Promise<string> {
  const body = JSON.stringify({ token, prompt: 'made elsewhere', params: {}, images: [] })
  const answer = await fetch(`${studio.server.url}/jobs`, { method: 'POST', body })
  const { id } = (await answer.json()) as { id: string }
  return id
}

async function open(options: SceneOptions = {}) {
  const studio = await scene({ ...account, ...options })
  const { id } = await studio.connect()
  return { studio, id }
}

describe('jobs that only the provider knows', () => {
  it('are those that are not in the history, removed ones counted as in it', async () => {
    const { studio, id } = await open()
    const ours = await studio.one({ connectionId: id })
    const removed = await studio.one({ connectionId: id })
    await studio.reach(ours.id, 'completed')
    await studio.reach(removed.id, 'completed')
    await studio.jobs.remove([removed.id], 'keep')
    const stray = await elsewhere(studio, 'theirs')
    expect(await studio.jobs.strays(id, 7)).toEqual([
      expect.objectContaining({ providerJobId: stray, model: 'fake-1', state: 'processing', place: null }),
    ])
  })

  it('are none of ours whose id is still to be learned: taking that one in would show it twice', async () => {
    const { studio, id } = await open({ pollsUntilDone: Infinity })
    studio.server.fault('submit', { kind: 'drop_after' })
    const row = await studio.one({ connectionId: id })
    await studio.reach(row.id, 'needs_attention')
    expect(studio.server.billed).toBe(1)
    expect(await studio.jobs.strays(id, 7)).toEqual([])
    await expect(studio.jobs.adopt(id, ['fake-1'])).rejects.toMatchObject({ key: 'import.none' })
    // Once the person has let it rest it is the only way to the video.
    await studio.jobs.resolve(row.id, 'dismiss')
    expect(await studio.jobs.strays(id, 7)).toHaveLength(1)
  })

  it('are none of ours that is about to be sent once more with its token', async () => {
    const { studio, id } = await open({ afterLostSubmit: 'lookup', pollsUntilDone: Infinity })
    studio.jobs.queue.pauseAll()
    const row = await studio.one({ connectionId: id })
    // It arrived the first time, and was not listed yet when it was looked for.
    await elsewhere(studio, studio.history.jobs.get(row.id)?.idempotencyToken ?? '')
    expect(await studio.jobs.strays(id, 7)).toEqual([])
  })

  it('cannot be told of a connection that is gone or a provider that refuses, in the words of each', async () => {
    const { studio, id } = await open()
    studio.server.fault('find', { kind: 'status', status: 401 })
    const refused = await studio.jobs.strays(id, 7).catch((error: Refusal) => error)
    expect(refused).toMatchObject({ code: 'unavailable', key: 'import.failed' })
    await studio.connections.remove(id)
    await expect(studio.jobs.strays(id, 7)).rejects.toMatchObject({ key: 'connection.notFound' })
    await expect(studio.jobs.adopt(id, ['fake-1'])).rejects.toMatchObject({ key: 'connection.notFound' })
  })
})

describe('taking such a job in', () => {
  it('watches it and downloads its video like any other, at the place of the connection', async () => {
    const { studio, id } = await open({ model: { concurrency: 1 } })
    const stray = await elsewhere(studio, 'theirs')
    const [row] = await studio.jobs.adopt(id, [stray])
    expect(row).toMatchObject({ state: 'processing', charged: 'unknown', startedAt: null })
    const job = await studio.reach(row?.id ?? '', 'completed')
    expect(job).toMatchObject({
      charged: 'yes',
      connectionId: id,
      providerJobId: stray,
      params: { duration: 5 },
    })
    expect(await studio.library.pathOf({ outputPath: job.file })).not.toBeNull()
    expect(studio.history.jobs.get(job.id)?.place).toEqual({ region: 'north' })
    expect(studio.server.billed).toBe(1)
    expect(studio.events.some((event) => event.type === 'job' && event.created)).toBe(true)
  })

  it('twice takes it once', async () => {
    const { studio, id } = await open({ pollsUntilDone: Infinity })
    const stray = await elsewhere(studio, 'theirs')
    await studio.jobs.adopt(id, [stray])
    await expect(studio.jobs.adopt(id, [stray])).rejects.toMatchObject({
      code: 'not_found',
      key: 'import.none',
    })
    expect(studio.history.lists.counts({}).all).toBe(1)
  })

  it('from two windows at once takes each once', async () => {
    const { studio, id } = await open({ pollsUntilDone: Infinity })
    const ids = [await elsewhere(studio, 'a'), await elsewhere(studio, 'b'), await elsewhere(studio, 'c')]
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => studio.jobs.adopt(id, ids)))
    const taken = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    expect(taken).toHaveLength(3)
    expect(studio.history.lists.counts({}).all).toBe(3)
  })

  it('that the provider does not list is refused, and nothing is made', async () => {
    const { studio, id } = await open()
    await expect(studio.jobs.adopt(id, ['fake-99'])).rejects.toMatchObject({ key: 'import.none' })
    expect(studio.history.lists.counts({}).all).toBe(0)
  })

  it('says nothing of how long a job takes', async () => {
    const { studio, id } = await open()
    const strays = [await elsewhere(studio, 'a'), await elsewhere(studio, 'b'), await elsewhere(studio, 'c')]
    for (const row of await studio.jobs.adopt(id, strays)) await studio.reach(row.id, 'completed')
    expect(studio.history.jobs.usualMs(id, 'fake-1', () => 1)).toBeNull()
  })
})
