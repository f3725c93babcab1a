import { describe, expect, it } from 'vitest'
import type { Desk } from '../../../src/main/ports'
import { scene } from './support/scene'

describe('closing', () => {
  it('waits for the id of a submit under way, so that the next start polls instead of asking the person', async () => {
    const studio = await scene()
    const held = studio.server.hold('answer')
    const row = await studio.one()
    await held.reached
    const closed = studio.close()
    held.release()
    await closed
    const next = await studio.reopen()
    await next.reach(row.id, 'completed')
    expect(next.server.billed).toBe(1)
  })

  it('does not wait forever: a submit that never answers is left to recovery', async () => {
    const studio = await scene({ afterLostSubmit: 'same_token' })
    const held = studio.server.hold('answer')
    const row = await studio.one()
    await held.reached
    await studio.close()
    held.release()
    const next = await studio.reopen()
    await next.reach(row.id, 'completed')
    expect(next.server.billed).toBe(1)
  })

  it.each(['poll', 'file'] as const)('parks a job in the middle of a %s without moving it', async (place) => {
    const studio = await scene()
    const held = studio.server.hold(place)
    const row = await studio.one()
    await held.reached
    await studio.close()
    held.release()
    const parked = await studio.reopen({ still: true })
    expect(parked.detail(row.id).state).toBe(place === 'poll' ? 'processing' : 'downloading')
    const next = await parked.reopen({ still: false })
    await next.reach(row.id, 'completed')
    expect(next.story(row.id)).toContain('recovered')
  })

  it('takes no new jobs', async () => {
    const studio = await scene()
    const held = studio.server.hold('answer')
    await studio.one()
    await held.reached
    const closed = studio.close()
    await expect(studio.one()).rejects.toMatchObject({ code: 'unavailable', key: 'studio.closing' })
    held.release()
    await closed
  })
})

describe('telling the person', () => {
  function notes() {
    const heard: string[] = []
    const notify: Desk['notify'] = ({ title }) => void heard.push(title)
    return { heard, notify }
  }

  it('says how a single job ended', async () => {
    const { heard, notify } = notes()
    const studio = await scene({ notify })
    const good = await studio.one()
    await studio.reach(good.id, 'completed')
    studio.server.fault('submit', { kind: 'status', status: 422 })
    await studio.reach((await studio.one()).id, 'failed')
    studio.server.fault('submit', { kind: 'drop_after' })
    await studio.reach((await studio.one()).id, 'needs_attention')
    expect(heard).toEqual(['Your video is ready', 'A video could not be made', 'A job needs your attention'])
  })

  it('tells of a batch once, when its last job has ended', async () => {
    const { heard, notify } = notes()
    const studio = await scene({ notify })
    studio.server.fault('submit', { kind: 'status', status: 422 })
    const rows = await studio.make({ count: 3 })
    for (const row of rows) await studio.reach(row.id, 'completed', 'failed')
    expect(heard).toEqual(['2 of 3 videos are ready'])
  })

  it('speaks the language that was chosen, and keeps still when asked to', async () => {
    const { heard, notify } = notes()
    const studio = await scene({ notify })
    studio.history.settings.set({ language: 'zh-CN' })
    await studio.reach((await studio.one()).id, 'completed')
    studio.history.settings.set({ notify: false })
    await studio.reach((await studio.one()).id, 'completed')
    expect(heard).toEqual(['视频已完成'])
  })
})
