import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { extractAll } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readAsar } from '../../packaging/asar'
import { judge, packedFiles, sizes, type PackedFile } from '../../packaging/contents'
import type { Lock } from '../../packaging/runtime'
import { fusesOf, stubElectron } from './stub'

const root = join(import.meta.dirname, '..', '..')
const target = { platform: process.platform, arch: process.arch }
/** What Dailies may weigh beside Electron: libvips is 19 MB of it, all else together no more than that. */
const limit = 48_000_000

const folder = mkdtempSync(join(tmpdir(), 'dailies-package-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let unpackedDir = ''
let files: PackedFile[] = []
let lock: Lock = { packages: {} }
let said = ''

// The layout of a Linux package is made from any Linux machine; the others need their own system's Electron.
describe.runIf(process.platform === 'linux')('the package for Linux', () => {
  beforeAll(async () => {
    const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }
    const cli = join(root, 'node_modules', 'electron-builder', 'out', 'cli', 'cli.js')
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        cli,
        '--linux',
        '--dir',
        `--${process.arch}`,
        `-c.electronDist=${stubElectron(join(folder, 'electron'), version)}`,
        `-c.electronVersion=${version}`,
        `-c.directories.output=${join(folder, 'dist')}`,
      ],
      { cwd: root, maxBuffer: 64e6, env: { ...process.env, DAILIES_RELEASES: 'someone/dailies' } },
    )
    said = stdout
    const [name] = readdirSync(join(folder, 'dist')).filter((entry) => entry.endsWith('unpacked'))
    unpackedDir = join(folder, 'dist', name ?? 'linux-unpacked')
    files = packedFiles(readAsar(join(unpackedDir, 'resources', 'app.asar')))
    lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
  }, 120_000)

  test('holds nothing that nobody allowed, no part for another machine, and no addon inside the archive', () => {
    expect(judge(files, lock, target)).toEqual({ unexpected: [], missing: [], locked: [] })
  })

  test('holds no source, no test, no document, no declaration, no map, and none of npm’s own Node', () => {
    const paths = files.map(({ path }) => path)
    expect(
      paths.filter((path) => /\.(ts|tsx|map|md)$/.test(path) && !/\/(licen|README)/i.test(path)),
    ).toEqual([])
    expect(paths.filter((path) => /^(src|test|docs|scripts|packaging)\//.test(path))).toEqual([])
    expect(paths.filter((path) => /node_modules\/(node-linux|electron\/|hono|trash)/.test(path))).toEqual([])
    expect(paths.filter((path) => path.startsWith('out/main/'))).not.toContain('out/main/browser.js')
  })

  test('lays beside the archive exactly what its header says lies there', () => {
    const beside = readdirSync(join(unpackedDir, 'resources', 'app.asar.unpacked'), {
      recursive: true,
      withFileTypes: true,
    }).filter((entry) => entry.isFile())
    expect(beside).toHaveLength(files.filter(({ unpacked }) => unpacked).length)
  })

  test('stays small, and says what each part weighs', () => {
    const all = sizes(files).reduce((sum, [, bytes]) => sum + bytes, 0)
    expect(all).toBeLessThan(limit)
    expect(said).toMatch(/Dailies without Electron: +\d+\.\d MB in \d+ files/)
    expect(said).toMatch(/\d MB {2}out\/renderer/)
  })

  test('has its fuses burnt: no Node mode, no inspector, no code from outside its archive', () => {
    expect(fusesOf(readFileSync(join(unpackedDir, 'dailies')))).toMatchObject({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      nodeCliInspect: false,
      asarIntegrity: true,
      onlyLoadAppFromAsar: true,
      fileProtocolExtraPrivileges: false,
    })
  })

  test('brings Electron’s words for the two languages of Dailies only', () => {
    expect(readdirSync(join(unpackedDir, 'locales')).toSorted()).toEqual(['en-US.pak', 'zh-CN.pak'])
  })

  test('runs as it lies there: the addons load, the main program links, the manifest names what is there', async () => {
    const app = join(folder, 'app')
    extractAll(join(unpackedDir, 'resources', 'app.asar'), app)
    const manifest = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as Record<string, unknown>
    expect(manifest).toMatchObject({
      main: 'out/main/index.js',
      type: 'module',
      productName: 'Dailies',
      desktopName: 'dailies.desktop',
    })
    const probe = join(app, 'probe.mjs')
    writeFileSync(
      probe,
      `import Database from 'better-sqlite3'
       import sharp from 'sharp'
       import { AsyncEntry } from '@napi-rs/keyring'
       const [chunk] = (await import('node:fs')).readdirSync(new URL('out/main/chunks/', import.meta.url)).filter((name) => name.startsWith('studio'))
       await import(new URL('out/main/chunks/' + chunk, import.meta.url))
       await import('electron-updater')
       await import('unpdf')
       const row = new Database(':memory:').prepare("SELECT 'it runs' AS said").get()
       const { width } = await sharp('resources/icon.png').resize(64).png().toBuffer({ resolveWithObject: true }).then(({ info }) => info)
       process.stdout.write(JSON.stringify([row.said, width, typeof AsyncEntry]))`,
    )
    const { stdout } = await promisify(execFile)(process.execPath, [probe], { cwd: app })
    expect(JSON.parse(stdout)).toEqual(['it runs', 64, 'function'])
  }, 60_000)
})

describe('the variant for Playwright', () => {
  test('listens to the inspector, is never published, and is otherwise what people get', async () => {
    vi.stubEnv('DAILIES_RELEASES', 'someone/dailies')
    const { default: released } = await import('../../electron-builder')
    vi.stubEnv('DAILIES_PACKAGE', 'e2e')
    vi.resetModules()
    const { default: driven } = await import('../../electron-builder')
    vi.unstubAllEnvs()
    expect(released.electronFuses?.enableNodeCliInspectArguments).toBe(false)
    expect(released.publish).toMatchObject({ provider: 'github', owner: 'someone', repo: 'dailies' })
    expect(driven.publish).toBeNull()
    expect({
      ...driven,
      publish: released.publish,
      electronFuses: { ...driven.electronFuses, enableNodeCliInspectArguments: false },
      afterPack: released.afterPack,
    }).toEqual(released)
  })

  test('carries the id that the program gives Windows, or its notifications would be nobody’s', async () => {
    const { default: config } = await import('../../electron-builder')
    const start = readFileSync(join(root, 'src', 'main', 'desktop', 'start.ts'), 'utf8')
    expect(start).toContain(`app.setAppUserModelId('${config.appId}')`)
  })
})

describe('the judge of a package', () => {
  const packages: Lock = {
    packages: {
      '': { dependencies: { sharp: '1', hono: '1' } },
      'node_modules/sharp': {},
      'node_modules/hono': {},
      'node_modules/vite': { dev: true },
    },
  }
  const file = (path: string, unpacked = false): PackedFile => ({ path, bytes: 1, unpacked })

  test.each([
    'src/main/index.ts',
    'out/main/browser.js',
    'out/main/chunks/run-DHc6iF5x.js',
    'node_modules/hono/dist/index.js',
    'node_modules/vite/index.js',
    'node_modules/sharp/src/pipeline.cc',
    'node_modules/sharp/lib/index.d.ts',
    'node_modules/better-sqlite3/prebuilds/win32-x64.node',
    '.env',
  ])('names %s, which has no business there', (path) => {
    expect(judge([file(path)], packages, { platform: 'linux', arch: 'x64' }).unexpected).toEqual([path])
  })

  test('names a native part that is not there, and one that lies where it cannot be loaded', () => {
    const path = 'node_modules/better-sqlite3/prebuilds/win32-arm64.node'
    const verdict = judge([file(path)], packages, { platform: 'win32', arch: 'arm64' })
    expect(verdict.unexpected).toEqual([])
    expect(verdict.locked).toEqual([path])
    expect(verdict.missing).toHaveLength(3)
  })
})
