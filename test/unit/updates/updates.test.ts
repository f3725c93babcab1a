import { StudioError } from '@shared/problems'
import { Settings, type Release, type StudioEvent, type UpdateState } from '@shared/contract'
import { pino } from 'pino'
import { describe, expect, test, vi } from 'vitest'
import { createEvents } from '../../../src/main/events'
import { createUpdates, UpdateError, type Updater } from '../../../src/main/updates'
import { ManualClock } from '../../support/clock'

const release = { version: '0.2.0', notes: 'New.' }
const refused = new UpdateError({ key: 'update.damaged', message: 'Damaged.', hint: null, values: {} }, null)
const hours = 60 * 60 * 1000

function scene(kept: Record<string, unknown> = {}) {
  const clock = new ManualClock()
  const events = createEvents(() => undefined)
  const heard: UpdateState[] = []
  events.listen((event) => {
    if (event.type === 'update') heard.push(event.update)
  })
  const settings = Settings.parse({})
  const memo = new Map(Object.entries(kept))
  const updater = {
    check: vi.fn<Updater['check']>(() => Promise.resolve<Release | null>(release)),
    download: vi.fn<Updater['download']>(() => Promise.resolve()),
    restart: vi.fn<Updater['restart']>(),
  }
  const busy = { jobs: 0 }
  const updates = createUpdates({
    way: { kind: 'on', updater },
    settings: {
      get: () => settings,
      read: (name) => memo.get(name),
      write: (name, value) => void memo.set(name, value),
    },
    proxy: () => ({ mode: 'manual', url: 'http://10.0.0.1:3128' }),
    atWork: () => busy.jobs,
    events,
    clock,
    log: pino({ level: 'silent' }),
  })
  const phase = (wanted: UpdateState['phase']) => vi.waitFor(() => expect(updates.state().phase).toBe(wanted))
  /** Any job moved. */
  const jobMoved = () => events.publish({ type: 'job' } as StudioEvent)
  return { clock, events, heard, settings, memo, updater, updates, busy, phase, jobMoved }
}

async function ready() {
  const made = scene()
  made.updates.start()
  made.updates.check()
  await made.phase('found')
  made.updates.download()
  await made.phase('ready')
  return made
}

describe('looking by itself', () => {
  test('waits until the start is over, then comes again every six hours, through the chosen proxy', async () => {
    const { updates, updater, clock, phase } = scene({ 'update.skipped': '0.2.0' })
    updates.start()
    expect(updater.check).not.toHaveBeenCalled()
    clock.advance(30_000)
    await phase('resting')
    expect(updater.check).toHaveBeenCalledWith({ mode: 'manual', url: 'http://10.0.0.1:3128' })
    clock.advance(6 * hours)
    expect(updater.check).toHaveBeenCalledTimes(2)
  })

  test('is left alone where the person switched it off, while asking by hand still works', async () => {
    const { updates, updater, clock, settings, phase } = scene()
    settings.checkUpdates = false
    updates.start()
    clock.advance(24 * hours)
    expect(updater.check).not.toHaveBeenCalled()
    updates.check()
    await phase('found')
  })

  test('fails in silence; asked by hand it says why', async () => {
    const { updates, updater, clock, phase } = scene()
    updater.check.mockRejectedValue(refused)
    updates.start()
    clock.advance(30_000)
    await phase('resting')
    expect(updates.state()).toEqual({ phase: 'resting', checkedAt: null, skipped: null })
    updates.check()
    await phase('failed')
    expect(updates.state()).toMatchObject({ trouble: { key: 'update.damaged' }, release: null })
  })

  test('ends with the studio: a timer left behind would keep a closed program', () => {
    const { updates, clock } = scene()
    updates.start()
    updates.close()
    expect(clock.pending).toBe(0)
  })
})

describe('a release', () => {
  test('that is skipped stays skipped in the next run, until there is a newer one', async () => {
    const { updates, memo, phase, updater, clock } = scene()
    updates.start()
    updates.check()
    await phase('found')
    updates.skip()
    expect(memo.get('update.skipped')).toBe('0.2.0')
    updater.check.mockResolvedValue({ version: '0.3.0', notes: '' })
    clock.advance(30_000)
    await phase('found')
  })

  test('is not fetched without a yes, and is fetched once for two clicks', async () => {
    const { updates, updater, phase } = scene()
    updates.check()
    await phase('found')
    expect(updater.download).not.toHaveBeenCalled()
    updates.download()
    updates.download()
    await phase('ready')
    expect(updater.download).toHaveBeenCalledTimes(1)
  })

  test('that could not be fetched says why, and can be fetched again', async () => {
    const { updates, updater, phase } = scene()
    updater.download.mockRejectedValueOnce(refused)
    updates.check()
    await phase('found')
    updates.download()
    await phase('failed')
    expect(updates.state()).toMatchObject({ trouble: { key: 'update.damaged' }, release })
    updates.download()
    await phase('ready')
  })

  test('what nobody foresaw is said as such, without its insides', async () => {
    const { updates, updater, phase } = scene()
    updater.check.mockRejectedValue(new Error('secret path'))
    updates.check()
    await phase('failed')
    expect(updates.state()).toMatchObject({
      trouble: { key: 'internal', message: new StudioError('internal', 'internal').message },
    })
  })
})

describe('a restart', () => {
  test('comes at once where nothing is on its way', async () => {
    const { updates, updater } = await ready()
    expect(updates.restart().phase).toBe('leaving')
    expect(updater.restart).toHaveBeenCalledTimes(1)
  })

  test('never comes while a job is sent or fetched; it waits for the last of them and says for how many', async () => {
    const { updates, updater, busy, jobMoved, heard } = await ready()
    busy.jobs = 2
    expect(updates.restart()).toEqual({ phase: 'waiting', release, jobs: 2 })
    busy.jobs = 1
    jobMoved()
    expect(heard.at(-1)).toEqual({ phase: 'waiting', release, jobs: 1 })
    expect(updater.restart).not.toHaveBeenCalled()
    busy.jobs = 0
    jobMoved()
    expect(updater.restart).toHaveBeenCalledTimes(1)
  })

  test('that was taken back does not come when the jobs are done', async () => {
    const { updates, updater, busy, jobMoved } = await ready()
    busy.jobs = 1
    updates.restart()
    updates.stay()
    busy.jobs = 0
    jobMoved()
    expect(updater.restart).not.toHaveBeenCalled()
  })
})

test('a program that the system updates asks nobody, whatever it is told', () => {
  const clock = new ManualClock()
  const updates = createUpdates({
    way: { kind: 'off', why: 'system' },
    settings: { get: () => Settings.parse({}), read: () => null, write: () => undefined },
    proxy: () => ({ mode: 'none', url: null }),
    atWork: () => 0,
    events: createEvents(() => undefined),
    clock,
    log: pino({ level: 'silent' }),
  })
  updates.start()
  expect(clock.pending).toBe(0)
  for (const step of ['check', 'download', 'restart'] as const) {
    expect(updates[step]()).toEqual({ phase: 'off', why: 'system' })
  }
})
