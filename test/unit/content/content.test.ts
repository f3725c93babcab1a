import { once } from 'node:events'
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createAssets } from '../../../src/main/assets'
import { createContent } from '../../../src/main/content'
import { seededRandom } from '../../support/clock'
import { openFiles } from '../../support/descriptors'
import { picture } from '../assets/pictures'
import { house } from '../library/house'
import { clip } from '../library/source'

const nobody = '019a0000-0000-7000-8000-000000000000'

/** The real handler over a real history, library and asset shelf; only the posters come from a plain folder. */
async function door() {
  const of = await house()
  const { history, library, paths, home, clock, log } = of
  mkdirSync(join(paths.pageDir, 'assets'), { recursive: true })
  writeFileSync(join(paths.pageDir, 'index.html'), '<!doctype html><title>Dailies</title>')
  writeFileSync(join(paths.pageDir, 'assets', 'index-B1a2c3D4.js'), 'export {}')
  writeFileSync(join(paths.pageDir, 'empty.txt'), '')
  writeFileSync(join(home, 'secret.txt'), 'the combination of the safe')
  const assets = createAssets({
    store: history.assets,
    dataDir: paths.dataDir,
    clock,
    random: seededRandom(9),
    log,
    modelById: () => null,
  })
  const derived = (jobId: string, kind: string) => {
    const state = history.derivatives.get(jobId, kind as 'poster')
    return state?.state === 'ready' ? join(home, `${kind}.webp`) : null
  }
  const content = createContent({
    pageDir: paths.pageDir,
    history,
    library,
    assets,
    derivatives: { path: derived },
  })
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    content(new Request(`http://127.0.0.1:1/${path}`, { method, headers }))
  return { ...of, assets, content, ask }
}

/** A door with one finished video behind it. */
async function screening() {
  const of = await door()
  const job = await of.finished({ prompt: 'Ein "Fuchs" läuft 100 % 狐' })
  return { ...of, video: `media/${job.id}/video`, etag: `"${job.sha256}"` }
}

const bodyOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

describe('a video', () => {
  test('comes whole, with what a player and a cache need to know', async () => {
    const { ask, video, etag } = await screening()
    const answer = await ask(video)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(clip.byteLength),
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      etag,
    })
    expect((await bodyOf(answer)).equals(clip)).toBe(true)
  })

  const size = clip.byteLength
  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=0-', 0, size - 1],
    ['bytes=100-199', 100, 199],
    [`bytes=${size - 1}-`, size - 1, size - 1],
    ['bytes=-10', size - 10, size - 1],
    ['bytes=-999999999', 0, size - 1],
    [`bytes=10-${'9'.repeat(300)}`, 10, size - 1],
    [' Bytes = 5 - 9 ', 5, 9],
  ])('comes in the part asked for: %s', async (range, start, end) => {
    const { ask, video } = await screening()
    const answer = await ask(video, { range })
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/${size}`)
    expect(answer.headers.get('content-length')).toBe(String(end - start + 1))
    expect((await bodyOf(answer)).equals(clip.subarray(start, end + 1))).toBe(true)
  })

  test.each([`bytes=${size}-`, `bytes=${size + 5}-${size + 9}`, 'bytes=-0', `bytes=${'9'.repeat(400)}-`])(
    'says that there is no such part: %s',
    async (range) => {
      const { ask, video } = await screening()
      const answer = await ask(video, { range })
      expect(answer.status).toBe(416)
      expect(answer.headers.get('content-range')).toBe(`bytes */${size}`)
      expect(await bodyOf(answer)).toHaveLength(0)
    },
  )

  test.each([
    'bytes=5-2',
    'bytes=a-b',
    'bytes=',
    'bytes=-',
    'bytes=0-1,5-6',
    'items=0-1',
    'nonsense',
    `bytes=${'0-1,'.repeat(5000)}0-1`,
  ])('comes whole when the range is several or none at all: %.40s', async (range) => {
    const { ask, video } = await screening()
    const answer = await ask(video, { range })
    expect(answer.status).toBe(200)
    expect((await bodyOf(answer)).equals(clip)).toBe(true)
  })

  test('comes whole to a client that holds parts of another version', async () => {
    const { ask, video, etag } = await screening()
    const held = (condition: string) => ask(video, { range: 'bytes=0-9', 'if-range': condition })
    expect((await held(etag)).status).toBe(206)
    expect((await held('"another"')).status).toBe(200)
    expect((await held(`W/${etag}`)).status).toBe(200)
    expect((await held(new Date().toUTCString())).status).toBe(200)
  })

  test('is not sent again to a client that has it', async () => {
    const { ask, video, etag } = await screening()
    for (const tags of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await ask(video, { 'if-none-match': tags })
      expect(answer.status).toBe(304)
      expect(answer.headers.get('etag')).toBe(etag)
    }
    expect((await ask(video, { 'if-none-match': '"x"' })).status).toBe(200)
  })

  test('answers HEAD with the headers alone', async () => {
    const { ask, video } = await screening()
    const answer = await ask(video, { range: 'bytes=0-9' }, 'HEAD')
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-length')).toBe('10')
    expect(await bodyOf(answer)).toHaveLength(0)
  })

  test('is saved under its own name, in any script', async () => {
    const { ask, video } = await screening()
    const answer = await ask(`${video}?download=1`)
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="2026-11-21 animatic Ein Fuchs l_uft 100 _ _.mp4"; ` +
        `filename*=UTF-8''2026-11-21%20animatic%20Ein%20Fuchs%20l%C3%A4uft%20100%20%25%20%E7%8B%90.mp4`,
    )
    expect((await ask(video)).headers.get('content-disposition')).toBeNull()
  })

  test('is read by many at once without mixing their parts', async () => {
    const { ask, video } = await screening()
    const parts = await Promise.all(
      Array.from({ length: 40 }, async (_, at) => {
        const answer = await ask(video, { range: `bytes=${at * 10}-${at * 10 + 99}` })
        return (await bodyOf(answer)).equals(clip.subarray(at * 10, at * 10 + 100))
      }),
    )
    expect(parts.every(Boolean)).toBe(true)
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('takes no %s', async (method) => {
    const { ask, video } = await screening()
    const answer = await ask(video, {}, method)
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
    expect(await answer.json()).toMatchObject({ code: 'invalid_request' })
  })
})

describe('a video that cannot be served', () => {
  test('is missed in words, and its job is marked', async () => {
    const { ask, finished, fileOf, current, heard } = await door()
    const job = await finished()
    renameSync(fileOf(job.outputPath), fileOf('away.mp4'))
    const answer = await ask(`media/${job.id}/video`)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'not_found', hint: expect.any(String) })
    expect(current(job.id).fileMissing).toBe(true)
    expect(heard.at(-1)).toMatchObject({ type: 'job', job: { id: job.id, video: { missing: true } } })
    renameSync(fileOf('away.mp4'), fileOf(job.outputPath))
    expect((await ask(`media/${job.id}/video`)).status).toBe(200)
    expect(current(job.id).fileMissing).toBe(false)
  })

  test('is not one that is still on its way, nor one that was removed', async () => {
    const { ask, planned, finished, history } = await door()
    const [way, gone] = [planned(), await finished()]
    history.jobs.remove([gone.id], 1, 'keep')
    for (const { id } of [way, gone]) expect((await ask(`media/${id}/video`)).status).toBe(404)
  })

  test('is not one behind a link that leads out of the library', async () => {
    const { ask, finished, fileOf, home } = await door()
    const job = await finished()
    rmSync(fileOf(job.outputPath))
    symlinkSync(join(home, 'secret.txt'), fileOf(job.outputPath))
    expect((await ask(`media/${job.id}/video`)).status).toBe(404)
  })

  test.each([
    `media/${nobody}/video`,
    `media/${nobody}/poster`,
    `media/${nobody}/preview`,
    `media/${nobody}/other`,
    `media/asset/${nobody}/image`,
    `media/asset/${nobody}/thumb`,
    'media/1/video',
    "media/' OR 1=1 --/video",
    `media/${nobody}%00/video`,
    `media/${nobody}/video/..%2f..%2fsecret.txt`,
    'media/',
    'media',
  ])('is not one with a wrong address: %s', async (path) => {
    const { ask } = await door()
    const answer = await ask(path)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'not_found' })
  })
})

describe('the page', () => {
  test('comes with its policy and is asked for each time', async () => {
    const { ask } = await door()
    for (const path of ['', 'index.html', '?token=x#y']) {
      const answer = await ask(path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(answer.headers.get('cache-control')).toBe('private, no-cache')
      const policy = answer.headers.get('content-security-policy') ?? ''
      for (const rule of [
        "default-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy.split('; ')).toContain(rule)
      }
      expect(policy).not.toMatch(/unsafe-eval|script-src|\*/)
    }
  })

  test('has files that never change, and says so', async () => {
    const { ask } = await door()
    const answer = await ask('assets/index-B1a2c3D4.js')
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(answer.headers.get('content-security-policy')).toContain("worker-src 'self'")
  })

  test('may have an empty file', async () => {
    const { ask } = await door()
    const answer = await ask('empty.txt')
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '0'])
    expect((await ask('empty.txt', { range: 'bytes=0-' })).status).toBe(416)
  })

  const hostile = [
    '../secret.txt',
    '%2e%2e/secret.txt',
    '%2e%2e%2fsecret.txt',
    '..%2fsecret.txt',
    '..%5csecret.txt',
    '%252e%252e%252fsecret.txt',
    '..%c0%afsecret.txt',
    'assets/..%2f..%2fsecret.txt',
    '%2fetc%2fpasswd',
    '//etc/passwd',
    'C:%5cWindows%5cwin.ini',
    'index.html%00.js',
    'index.html::$DATA',
    'linked.txt',
    'linked/secret.txt',
    'assets',
    'assets/',
    '.',
    '%',
    '%ff%fe',
    'a'.repeat(5000),
  ]
  test.each(hostile)('gives out nothing beyond its folder: %.60s', async (path) => {
    const { ask, home, paths } = await door()
    symlinkSync(join(home, 'secret.txt'), join(paths.pageDir, 'linked.txt'))
    symlinkSync(home, join(paths.pageDir, 'linked'))
    const answer = await ask(path)
    const index = (await answer.text()).includes('<title>Dailies</title>')
    expect(answer.status).toBe(index ? 200 : 404)
  })

  test('gives out nothing beyond its folder to one who speaks to the socket itself', async () => {
    const { content } = await door()
    const server = serve({ fetch: content, hostname: '127.0.0.1', port: 0 })
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt', '//secret.txt']) {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)
      const text = (await socket.toArray()).join('')
      expect(text).toMatch(/^HTTP\/1\.1 (?:400|404)/)
    }
  })
})

describe('pictures', () => {
  test('of a job are kept for good under the address of their version', async () => {
    const { ask, finished, history, home } = await door()
    const job = await finished()
    expect((await ask(`media/${job.id}/poster?v=1`)).status).toBe(404)
    writeFileSync(join(home, 'poster.webp'), 'poster')
    history.derivatives.want(job.id, ['poster'], 1)
    history.derivatives.ready(job.id, 'poster', 'ab'.repeat(32), 6, 1)
    const kept = await ask(`media/${job.id}/poster?v=1`)
    expect(await kept.text()).toBe('poster')
    expect(Object.fromEntries(kept.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=31536000, immutable',
      etag: `"${'ab'.repeat(32)}"`,
    })
    expect((await ask(`media/${job.id}/poster`)).headers.get('cache-control')).toBe('private, no-cache')
  })

  test('that came in are served as they are stored, and small', async () => {
    const { ask, assets } = await door()
    const bytes = await picture(640, 320).png().toBuffer()
    const { id } = await assets.import({ name: 'x.png', bytes })
    const image = await ask(`media/asset/${id}/image`)
    expect(image.headers.get('content-type')).toBe('image/png')
    expect(image.headers.get('content-security-policy')).toContain('sandbox')
    expect((await bodyOf(image)).equals(bytes)).toBe(true)
    const thumb = await ask(`media/asset/${id}/thumb`)
    expect(thumb.headers.get('content-type')).toBe('image/webp')
    expect((await bodyOf(thumb)).equals(readFileSync((await assets.thumb(id)) ?? ''))).toBe(true)
    expect(thumb.headers.get('etag')).not.toBe(image.headers.get('etag'))
  })
})

test('a reader that goes away in the middle leaves no file open', async () => {
  const { ask, finished, fileOf, library } = await door()
  const job = await finished()
  // Large enough that no buffer on the way holds all of it.
  writeFileSync(fileOf(job.outputPath), Buffer.alloc(20_000_000))
  for (let round = 0; round < 20; round += 1) {
    const reader = (await ask(`media/${job.id}/video`)).body?.getReader()
    await reader?.read()
    await reader?.cancel()
    await (await ask(`media/${job.id}/video`, {}, 'HEAD')).body?.cancel()
  }
  await vi.waitFor(() => {
    expect(openFiles().filter((path) => path.startsWith(library.folder()))).toEqual([])
  })
})
