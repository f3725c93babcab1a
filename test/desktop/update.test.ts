import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type RequestOptions } from 'node:http'
import { createRequire, Module } from 'node:module'
import { join } from 'node:path'
import type * as electronUpdater from 'electron-updater'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { wrapUpdater, type Leave } from '../../src/main/desktop/update/updater'
import { reasonForNone } from '../../src/main/desktop/update/way'
import { UpdateError } from '../../src/main/updates'
import { serveRelease } from '../packaging/feed'
import { tempFolder } from '../support/folder'

const require = createRequire(import.meta.url)

/** What electron-updater asks of Electron, over Node: an application, requests, a session that takes a proxy. */
const electron = {
  proxies: [] as unknown[],
  emitted: [] as string[],
  net: { request: (options: RequestOptions) => httpRequest(options) },
  session: {
    fromPartition: () => ({
      setProxy: (proxy: unknown) => Promise.resolve(void electron.proxies.push(proxy)),
      closeAllConnections: () => Promise.resolve(),
    }),
  },
  userData: '',
  quitHandlers: [] as ((event: object, code: number) => void)[],
  app: {
    isPackaged: true,
    getVersion: () => '0.1.0',
    getName: () => 'dailies',
    getPath: () => electron.userData,
    whenReady: () => Promise.resolve(),
    quit: () => undefined,
    once: (_name: 'quit', handler: (event: object, code: number) => void) =>
      void electron.quitHandlers.push(handler),
  },
  autoUpdater: { emit: (name: string) => void electron.emitted.push(name) },
}

// electron-updater is CommonJS and asks Node itself for `electron`, which outside Electron is a path.
const path = require.resolve('electron')
const kept = require.cache[path]
beforeAll(() => {
  require.cache[path] = Object.assign(new Module(path), {
    exports: electron,
    loaded: true,
  })
})
afterAll(() => {
  if (kept) require.cache[path] = kept
  else delete require.cache[path]
})

interface Feed {
  version?: string
  notes?: string
  /** What the feed says of the file's checksum; its own where nothing else is said. */
  sha512?: string
}

/** A release on loopback, an AppImage installed in a folder, and the real electron-updater between them. */
async function scene({ version = '0.2.0', notes = '', sha512 }: Feed = {}) {
  const folder = tempFolder()
  const release = await serveRelease(version, notes, sha512)

  const installed = join(folder, 'Dailies.AppImage')
  writeFileSync(installed, 'old')
  chmodSync(installed, 0o755)
  vi.stubEnv('APPIMAGE', installed)
  onTestFinished(() => void vi.unstubAllEnvs())
  mkdirSync(join(folder, 'user'))

  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'))
  electron.userData = join(folder, 'user')
  electron.quitHandlers = []
  const { AppImageUpdater } = require('electron-updater') as typeof electronUpdater
  const updater = new AppImageUpdater()
  updater.updateConfigPath = join(folder, 'app-update.yml')
  writeFileSync(
    join(folder, 'app-update.yml'),
    `provider: generic\nurl: ${release.url}\nupdaterCacheDirName: dailies-updater\n`,
  )
  let leave: Leave | null = null
  const reopened = vi.fn<() => void>()
  const wrapped = wrapUpdater(updater, {
    quit: (then) => void (leave = then),
    reopen: reopened,
    log: pino({ level: 'silent' }),
  })
  return {
    updater: wrapped,
    folder,
    installed,
    ...release,
    quit: (code: number) => electron.quitHandlers.forEach((handler) => handler({}, code)),
    leave: () => leave?.(),
    reopened,
  }
}

const direct = { mode: 'none', url: null } as const

/** The name of the sentence a promise was refused with. */
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing went wrong',
    (error: unknown) => (error instanceof UpdateError ? error.trouble.key : String(error)),
  )

describe('asking for a release', () => {
  test('tells of a newer one with its notes as text, and fetches nothing', async () => {
    const { updater, asked } = await scene({ notes: '<h3>New</h3><p>Kling <b>3.0</b></p>' })
    expect(await updater.check(direct)).toEqual({ version: '0.2.0', notes: 'New\nKling 3.0' })
    expect(asked).toEqual(['/latest-linux.yml'])
  })

  test.each(['0.1.0', '0.0.9'])('tells nothing of %s, which is no newer', async (version) => {
    const { updater } = await scene({ version })
    expect(await updater.check(direct)).toBeNull()
  })

  test('a feed that is away, and one that has no release, are told apart', async () => {
    const away = await scene()
    away.close()
    expect(await refusal(away.updater.check(direct))).toBe('update.unreachable')
    const empty = await scene({ version: 'no version at all' })
    expect(await refusal(empty.updater.check(direct))).toBe('update.nothing')
  })

  test.each([
    [{ mode: 'system', url: null } as const, { mode: 'system' }],
    [direct, { mode: 'direct' }],
    [
      { mode: 'manual', url: 'http://10.0.0.1:3128' } as const,
      { mode: 'fixed_servers', proxyRules: 'http://10.0.0.1:3128' },
    ],
  ])('goes through the proxy the person chose: %j', async (proxy, told) => {
    const { updater } = await scene()
    await updater.check(proxy)
    expect(electron.proxies.at(-1)).toEqual(told)
  })
})

describe('fetching it', () => {
  test('leaves the program as it is until it is closed, and is put in then', async () => {
    const { updater, installed, program, quit } = await scene()
    await updater.check(direct)
    const percents: number[] = []
    await updater.download(direct, (percent) => percents.push(percent))
    expect(readFileSync(installed, 'utf8')).toBe('old')
    quit(0)
    expect(readFileSync(installed, 'utf8')).toBe(program)
  })

  test('is not put in when the program ended badly', async () => {
    const { updater, installed, quit } = await scene()
    await updater.check(direct)
    await updater.download(direct, () => undefined)
    quit(1)
    expect(readFileSync(installed, 'utf8')).toBe('old')
  })

  test('a file that is not what was published is refused and never put in', async () => {
    const { updater, installed, quit } = await scene({
      sha512: createHash('sha512').update('other').digest('base64'),
    })
    await updater.check(direct)
    expect(await refusal(updater.download(direct, () => undefined))).toBe('update.damaged')
    quit(0)
    expect(readFileSync(installed, 'utf8')).toBe('old')
  })
})

describe('restarting', () => {
  test('closes the program first, then puts the update in and opens it', async () => {
    const { updater, installed, program, folder, leave } = await scene()
    await updater.check(direct)
    await updater.download(direct, () => undefined)
    updater.restart()
    expect(readFileSync(installed, 'utf8')).toBe('old')
    leave()
    expect(readFileSync(installed, 'utf8')).toBe(program)
    await vi.waitFor(() => expect(existsSync(join(folder, 'opened'))).toBe(true))
  })

  test('opens the program as it was where there is nothing to put in', async () => {
    const { updater, leave, reopened } = await scene()
    updater.restart()
    leave()
    expect(reopened).toHaveBeenCalled()
  })
})

describe('who updates', () => {
  const here = {
    packaged: true,
    platform: 'linux',
    appImage: '/home/x/Dailies.AppImage',
    hasFeed: true,
  } as const
  test.each([
    ['an AppImage', here, null],
    ['a deb or an rpm, which the system updates', { ...here, appImage: undefined }, 'system'],
    ['a program run from its sources', { ...here, packaged: false }, 'source'],
    ['a package that names no place to ask', { ...here, hasFeed: false }, 'unpublished'],
    ['Windows', { ...here, platform: 'win32', appImage: undefined }, null],
    ['macOS', { ...here, platform: 'darwin', appImage: undefined }, null],
  ] as const)('%s', (_name, installed, why) => {
    expect(reasonForNone(installed)).toBe(why)
  })
})
