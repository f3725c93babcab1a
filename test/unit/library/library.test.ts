import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { openHistory } from '../../../src/main/history'
import { createLibrary } from '../../../src/main/library'
import { storageFault } from '../../../src/main/library/faults'
import { house } from './house'
import { clip } from './source'

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )
const sidecarOf = (video: string) => video.replace(/\.mp4$/, '.json')

describe('a planned name', () => {
  test('is not one that another job was given, whatever the case of its letters', async () => {
    const { planned } = await house()
    expect(planned({ prompt: 'A fox runs' }).outputPath).toBe('2026-11/2026-11-21 animatic A fox runs.mp4')
    expect(planned({ prompt: 'a FOX runs' }).outputPath).toBe('2026-11/2026-11-21 animatic a FOX runs 2.mp4')
    expect(planned({ prompt: 'A fox runs' }).outputPath).toBe('2026-11/2026-11-21 animatic A fox runs 3.mp4')
  })

  test('is not one that stands in the folder, nor one whose sidecar or part stands there', async () => {
    const { job, library } = await house()
    const month = join(library.folder(), '2026-11')
    mkdirSync(month)
    writeFileSync(join(month, '2026-11-21 ANIMATIC a fox runs.MP4'), '')
    writeFileSync(join(month, '2026-11-21 animatic A fox runs 2.json'), '')
    writeFileSync(join(month, '2026-11-21 animatic A fox runs 3.mp4.part'), '')
    expect(library.plan(job())).toBe('2026-11/2026-11-21 animatic A fox runs 4.mp4')
  })

  test('follows the template of the settings', async () => {
    const { history, job, library } = await house()
    history.settings.set({ nameTemplate: '{words} {seed}' })
    expect(library.plan(job({ prompt: '../..//NUL: 猫', params: { seed: 7 } }))).toBe('2026-11/NUL 猫 7.mp4')
  })

  test('is not one of an earlier library folder either, where it would be taken for the other video', async () => {
    const { finished, history, job, library, home } = await house()
    const done = await finished()
    history.jobs.remove([done.id], 1, 'keep')
    history.jobs.purge([done.id])
    await library.setFolder(join(home, 'Other'))
    expect(library.plan(job())).toBe('2026-11/2026-11-21 animatic A fox runs 2.mp4')
  })
})

describe('the library folder', () => {
  test('is made, tested and told of when it is chosen, and the choice survives a restart', async () => {
    const { library, make, heard, home } = await house()
    const chosen = join(home, 'New', 'Place')
    expect(await library.setFolder(chosen)).toMatchObject({
      path: chosen,
      state: 'ready',
      videos: 0,
      bytes: 0,
    })
    expect(readdirSync(chosen)).toEqual([])
    expect(heard.at(-1)).toMatchObject({ type: 'library', library: { path: chosen } })
    expect(make().folder()).toBe(chosen)
  })

  test('named for one run does not become the choice', async () => {
    const { library, make, home } = await house()
    expect(make(join(home, 'Run')).folder()).toBe(join(home, 'Run'))
    expect(existsSync(join(home, 'Run'))).toBe(true)
    expect(make().folder()).toBe(library.folder())
  })

  test.each(['relative/path', '~/Videos', ''])('is refused without its whole path: %j', async (path) => {
    const { library } = await house()
    expect(await failure(library.setFolder(path))).toMatchObject({
      code: 'invalid_request',
      key: 'library.folderRelative',
    })
  })

  test('is refused when it is a file or cannot be made', async () => {
    const { library, home } = await house()
    writeFileSync(join(home, 'file'), '')
    for (const path of [join(home, 'file'), join(home, 'file', 'below'), '/proc/nowhere/below']) {
      expect(await failure(library.setFolder(path))).toMatchObject({ key: 'library.folderUnusable' })
    }
    expect(await failure(library.setFolder(`${home}/nul\0`))).toMatchObject({ code: 'invalid_request' })
  })

  test('may change without losing the videos made before', async () => {
    const { finished, library, make, home } = await house()
    const done = await finished()
    const before = await library.pathOf(done)
    await library.setFolder(join(home, 'Other'))
    expect(await library.pathOf(done)).toBe(before)
    expect(await make().pathOf(done)).toBe(before)
  })

  test('counts its videos and tells of its room', async () => {
    const { finished, library } = await house()
    await finished()
    const status = await library.status()
    expect(status).toMatchObject({ state: 'ready', videos: 1, bytes: clip.byteLength })
    expect(status.freeBytes).toBeGreaterThan(0)
  })

  test('is swept of parts that no running job will take up again, and of nothing else', async () => {
    const { planned, library, fileOf } = await house()
    const [kept, dropped] = [planned(), planned()]
    const month = dirname(fileOf(kept.outputPath))
    mkdirSync(month)
    mkdirSync(join(library.folder(), 'mine'))
    for (const job of [kept, dropped]) writeFileSync(`${fileOf(job.outputPath)}.part`, 'x')
    writeFileSync(join(month, 'draft.json.12-1.tmp'), '')
    writeFileSync(join(month, 'movie.mkv.part'), '')
    writeFileSync(join(library.folder(), 'mine', 'x.mp4.part'), '')
    await library.sweep(new Set([kept.outputPath]))
    expect(readdirSync(month).toSorted()).toEqual(
      [`${kept.outputPath.slice('2026-11/'.length)}.part`, 'movie.mkv.part'].toSorted(),
    )
    expect(existsSync(join(library.folder(), 'mine', 'x.mp4.part'))).toBe(true)
  })
})

describe('a finished video', () => {
  test('is not found through a link that leads out of the library', async () => {
    const { finished, library, fileOf, home } = await house()
    const done = await finished()
    renameSync(fileOf(done.outputPath), join(home, 'elsewhere.mp4'))
    symlinkSync(join(home, 'elsewhere.mp4'), fileOf(done.outputPath))
    expect(await library.pathOf(done)).toBeNull()
  })

  test('is removed with its sidecar, to the bin where there is one', async () => {
    const binned: string[] = []
    const bin = async (path: string) => {
      binned.push(path)
      rmSync(path)
      return true
    }
    const { finished, library, fileOf } = await house({ bin })
    const done = await finished()
    await library.discard(done)
    expect(binned).toEqual([fileOf(done.outputPath), sidecarOf(fileOf(done.outputPath))])
  })

  test('is removed for good where there is no bin, or where the bin fails', async () => {
    for (const bin of [async () => false, () => Promise.reject(new Error('no bin on this drive'))]) {
      const { finished, library, fileOf } = await house({ bin })
      const done = await finished()
      await library.discard(done)
      expect(readdirSync(dirname(fileOf(done.outputPath)))).toEqual([])
    }
  })

  test('is removed together with an unfinished part, and twice without complaint', async () => {
    const { planned, library, fileOf } = await house()
    const job = planned()
    mkdirSync(dirname(fileOf(job.outputPath)))
    writeFileSync(`${fileOf(job.outputPath)}.part`, 'x')
    await library.discard(job)
    await library.discard(job)
    expect(readdirSync(dirname(fileOf(job.outputPath)))).toEqual([])
  })

  test('is not removed when it is a stranger’s under a name that was only planned', async () => {
    const { planned, library, fileOf } = await house()
    const job = planned()
    mkdirSync(dirname(fileOf(job.outputPath)))
    writeFileSync(fileOf(job.outputPath), 'mine')
    await library.discard(job)
    expect(readFileSync(fileOf(job.outputPath), 'utf8')).toBe('mine')
  })

  test('is removed without touching the sidecar of another job', async () => {
    const { finished, library, fileOf } = await house()
    const done = await finished()
    const sidecar = sidecarOf(fileOf(done.outputPath))
    writeFileSync(sidecar, '{"mine": true}')
    await library.discard(done)
    expect(readFileSync(sidecar, 'utf8')).toBe('{"mine": true}')
  })

  test('is copied out under a free name, never over another file, never half', async () => {
    const { finished, library, fileOf, home } = await house()
    const done = await finished()
    const out = join(home, 'out')
    mkdirSync(out)
    const name = done.outputPath.slice('2026-11/'.length)
    expect(await library.exportTo(done, out)).toBe(join(out, name))
    expect(await library.exportTo(done, join(out, 'mine'))).toBe(join(out, 'mine.mp4'))
    expect(await library.exportTo(done, join(out, 'mine.mp4'))).toBe(join(out, 'mine 2.mp4'))
    expect(readFileSync(join(out, 'mine 2.mp4')).equals(readFileSync(fileOf(done.outputPath)))).toBe(true)
    expect(await failure(library.exportTo(done, 'mine.mp4'))).toMatchObject({ key: 'path.relative' })
    expect(await failure(library.exportTo(done, join(home, 'no', 'such')))).toMatchObject({
      code: 'storage',
      key: 'export.failed',
    })
    expect(readdirSync(out).filter((file) => file.endsWith('.part'))).toEqual([])
    rmSync(fileOf(done.outputPath))
    expect(await failure(library.exportTo(done, out))).toMatchObject({
      code: 'not_found',
      key: 'video.missing',
    })
  })
})

describe('a video that somebody moved', () => {
  test('is taken back where it lies when that is in the library', async () => {
    const { finished, library, fileOf } = await house()
    const done = await finished()
    mkdirSync(join(library.folder(), 'Best'))
    renameSync(fileOf(done.outputPath), fileOf('Best/fox.mp4'))
    expect(await library.locate(done, fileOf('Best/fox.mp4'))).toBe('Best/fox.mp4')
    expect(existsSync(fileOf('Best/fox.json'))).toBe(true)
  })

  test('is copied back from outside, and the original stays', async () => {
    const { finished, library, fileOf, home } = await house()
    const done = await finished()
    renameSync(fileOf(done.outputPath), join(home, 'fox.mp4'))
    const outputPath = await library.locate(done, join(home, 'fox.mp4'))
    expect(outputPath).toMatch(/^2026-11\/2026-11-21 animatic A fox runs 2\.mp4$/)
    expect(readFileSync(fileOf(outputPath)).equals(clip)).toBe(true)
    expect(existsSync(join(home, 'fox.mp4'))).toBe(true)
  })

  test('is copied when the file in the library already belongs to another job', async () => {
    const { finished, library, fileOf } = await house()
    const [one, other] = [await finished(), await finished()]
    rmSync(fileOf(one.outputPath))
    const outputPath = await library.locate(one, fileOf(other.outputPath))
    expect(outputPath).not.toBe(other.outputPath)
    expect(existsSync(fileOf(other.outputPath))).toBe(true)
  })

  test('is refused when its content is another one, or it is not there', async () => {
    const { finished, planned, library, home } = await house()
    const done = await finished()
    const changed = Buffer.from(clip)
    changed[3000] = (changed[3000] ?? 0) ^ 1
    writeFileSync(join(home, 'same length.mp4'), changed)
    writeFileSync(join(home, 'other.mp4'), 'x')
    for (const name of ['same length.mp4', 'other.mp4']) {
      expect(await failure(library.locate(done, join(home, name)))).toMatchObject({
        code: 'conflict',
        key: 'video.differs',
        values: { name },
      })
    }
    expect(await failure(library.locate(done, home))).toMatchObject({ key: 'path.notFile' })
    expect(await failure(library.locate(done, join(home, 'none')))).toMatchObject({ key: 'path.notFile' })
    expect(await failure(library.locate(done, 'other.mp4'))).toMatchObject({ key: 'path.relative' })
    expect(await failure(library.locate(planned(), join(home, 'other.mp4')))).toMatchObject({
      key: 'video.notYet',
    })
  })
})

describe('a video that is gone', () => {
  test('is noticed when it is asked for, told once, and its return too', async () => {
    const { finished, library, current, heard, fileOf } = await house()
    const done = await finished()
    renameSync(fileOf(done.outputPath), fileOf('away.mp4'))
    heard.length = 0
    expect(await library.seek(done)).toBeNull()
    expect(await library.seek(current(done.id))).toBeNull()
    expect(heard).toMatchObject([
      { type: 'job', created: false, job: { id: done.id, video: { missing: true } } },
    ])
    renameSync(fileOf('away.mp4'), fileOf(done.outputPath))
    expect(await library.seek(current(done.id))).toBe(fileOf(done.outputPath))
    expect(current(done.id).fileMissing).toBe(false)
    expect(heard).toHaveLength(2)
  })

  test('is noticed by the look that is taken after the start', async () => {
    const { finished, library, current, clock, fileOf } = await house()
    const [there, gone] = [await finished(), await finished()]
    rmSync(fileOf(gone.outputPath))
    library.start()
    clock.advance(10_000)
    await vi.waitFor(() => expect(current(gone.id).fileMissing).toBe(true))
    expect(current(there.id).fileMissing).toBe(false)
    library.close()
  })

  test('is not said of each video while the whole drive is unplugged', async () => {
    const { finished, library, current, clock, history } = await house()
    const done = await finished()
    renameSync(library.folder(), `${library.folder()} away`)
    const read = vi.spyOn(history.jobs, 'withOutput')
    library.start()
    clock.advance(10_000)
    await vi.waitFor(() => expect(read).toHaveBeenCalled())
    expect(await library.status()).toMatchObject({ state: 'missing', freeBytes: null })
    expect(current(done.id).fileMissing).toBe(false)
  })

  test('does not keep the watch going after the library is closed', async () => {
    const { library, clock } = await house()
    library.start()
    expect(clock.pending).toBe(1)
    library.close()
    expect(clock.pending).toBe(0)
  })
})

describe('a rebuild from sidecars', () => {
  test('gives a new database every job of the folder back, and once only', async () => {
    const old = await house()
    const done = await old.finished({ prompt: '奔跑的猫', params: { seed: 7, camera: 'hold' } })
    await old.finished()

    const { clock, events, paths, home } = old
    const dataDir = join(home, 'second')
    const history = await openHistory({ dataDir, clock, log: old.log })
    const library = createLibrary({
      history,
      clock,
      log: old.log,
      desk: { trash: async () => false },
      events,
      paths: { ...paths, dataDir },
    })
    old.heard.length = 0
    expect(await library.rebuild()).toEqual({ found: 2, added: 2, unreadable: 0 })
    expect(await library.rebuild()).toEqual({ found: 2, added: 0, unreadable: 0 })
    expect(old.heard).toEqual([{ type: 'reload' }])
    const adopted = history.jobs.get(done.id)
    expect(adopted).toMatchObject({
      state: 'completed',
      prompt: '奔跑的猫',
      params: { seed: 7, camera: 'hold' },
      outputPath: done.outputPath,
      sha256: done.sha256,
      bytes: done.bytes,
      durationMs: 1000,
      createdAt: done.createdAt,
    })
    expect(adopted && (await library.pathOf(adopted))).toBe(old.fileOf(done.outputPath))
    expect(history.derivatives.get(done.id, 'poster')?.state).toBe('wanted')
    history.close()
  })

  test('passes over what is broken and counts it, and leaves files of others alone', async () => {
    const { finished, library, fileOf, history } = await house()
    const [short, cut, whole] = [await finished(), await finished(), await finished()]
    history.jobs.remove([short.id, cut.id, whole.id], 1, 'keep')
    history.jobs.purge([short.id, cut.id, whole.id])
    writeFileSync(fileOf(short.outputPath), clip.subarray(1))
    writeFileSync(sidecarOf(fileOf(cut.outputPath)), '{"dailies": 1, "id"')
    writeFileSync(fileOf('2026-11/later.json'), '{"dailies": 2}')
    writeFileSync(fileOf('2026-11/package.json'), '{"name": "mine"}')
    expect(await library.rebuild()).toEqual({ found: 4, added: 1, unreadable: 3 })
    expect(history.jobs.get(whole.id)?.state).toBe('completed')
  })

  test('finds a video again that was sorted into another folder with its sidecar', async () => {
    const { finished, library, fileOf, current } = await house()
    const done = await finished()
    mkdirSync(fileOf('Best'))
    renameSync(fileOf(done.outputPath), fileOf('Best/fox.mp4'))
    renameSync(sidecarOf(fileOf(done.outputPath)), fileOf('Best/fox.json'))
    expect(await library.rebuild()).toEqual({ found: 1, added: 0, unreadable: 0 })
    expect(current(done.id)).toMatchObject({ outputPath: 'Best/fox.mp4', fileMissing: false })
  })

  test('follows no link out of the library', async () => {
    const { finished, library, fileOf, history, home } = await house()
    const done = await finished()
    mkdirSync(join(home, 'outside'))
    for (const path of [fileOf(done.outputPath), sidecarOf(fileOf(done.outputPath))]) {
      renameSync(path, join(home, 'outside', path.endsWith('.mp4') ? 'x.mp4' : 'x.json'))
    }
    symlinkSync(join(home, 'outside'), fileOf('linked'))
    history.jobs.remove([done.id], 1, 'keep')
    history.jobs.purge([done.id])
    expect(await library.rebuild()).toEqual({ found: 0, added: 0, unreadable: 0 })
  })
})

describe('a fault of the disk', () => {
  test.each([
    ['ENOSPC', 'library.full'],
    ['EDQUOT', 'library.full'],
    ['ENOENT', 'library.missing'],
    ['EROFS', 'library.readOnly'],
    ['EACCES', 'library.readOnly'],
    ['EIO', 'library.failed'],
  ])('%s is said as %s', (code, key) => {
    const fault = storageFault(Object.assign(new Error(code), { code }), '/library')
    expect(fault).toMatchObject({ code: 'storage', key })
  })

  test('is not made of an error that is none', () => {
    const error = new Error('a mistake in the program')
    expect(storageFault(error, '/library')).toBe(error)
  })
})
