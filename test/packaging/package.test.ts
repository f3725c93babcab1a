import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { extractAll } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { readAsar } from '../../packaging/asar'
import { judge, packedFiles, sizes, type PackedFile } from '../../packaging/contents'
import type { Lock } from '../../packaging/runtime'
import { startDouble } from '../desktop/double'
import { borrowPort } from '../desktop/scenes/portClient'
import { serveRelease } from './feed'
import { fusesOf, stubElectron } from './stub'

const root = join(import.meta.dirname, '..', '..')
const target = { platform: process.platform, arch: process.arch }
/** What Dailies may weigh beside Electron: libvips is 19 MB of it, all else together no more than that. */
const limit = 48_000_000

const folder = mkdtempSync(join(tmpdir(), 'dailies-package-'))
/** What the archive holds, laid out with what lies beside it, as the program sees it. */
const app = join(folder, 'resources', 'app')
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
    extractAll(join(unpackedDir, 'resources', 'app.asar'), app)
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

  test('names in its manifest what lies in it', () => {
    const manifest = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as Record<string, unknown>
    expect(manifest).toMatchObject({
      main: 'out/main/index.js',
      type: 'module',
      productName: 'Dailies',
      desktopName: 'dailies.desktop',
    })
  })

  test('runs as it lies there: the page renders, the studio answers, the addons come from the package', async () => {
    const library = join(folder, 'library')
    const double = await startDouble({ dataDir: join(folder, 'data'), library, appPath: app, packaged: true })
    onTestFinished(() => double.kill())
    const page = await double.page()
    await page.locator('nav').waitFor()
    const { client, back } = await borrowPort(page)
    expect(await client.studio.info()).toMatchObject({ safeMode: null, notices: [] })
    // An image loads sharp, and with it libvips.
    const icon = readFileSync(join(app, 'resources', 'icon.png'))
    const asset = await client.assets.import({ file: new File([icon], 'icon.png', { type: 'image/png' }) })
    expect(asset).toMatchObject({ width: 512, height: 512 })
    expect(await client.updates.state()).toEqual({ phase: 'off', why: 'system' })
    await back()
    const mapped = readFileSync(`/proc/${double.child.pid}/maps`, 'utf8')
    const loaded = [...new Set(mapped.match(/\/\S+(?:\.node|libvips[^/\s]*)$/gm))]
    expect(loaded.filter((path) => !path.startsWith(app))).toEqual([])
    expect(loaded.map((path) => path.slice(app.length))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/better-sqlite3\/prebuilds\/linux-\w+\.node$/),
        expect.stringMatching(/sharp-linux-\w+\/lib\/sharp-linux-\w+[\w.-]*\.node$/),
        expect.stringMatching(/libvips-cpp\.so/),
      ]),
    )
    expect(await double.stop()).toBe(0)
  }, 60_000)

  test('updates itself as an AppImage: found, fetched, put in and opened again, by the menu and the page’s own buttons', async () => {
    const installed = join(folder, 'Dailies.AppImage')
    writeFileSync(installed, 'the old one', { mode: 0o755 })
    const feed = await serveRelease('99.0.0', '<p>Everything is <b>new</b>.</p>')
    writeFileSync(
      join(app, '..', 'app-update.yml'),
      `provider: generic\nurl: ${feed.url}\nupdaterCacheDirName: dailies-updater\n`,
    )
    const double = await startDouble({
      dataDir: join(folder, 'updated'),
      library: join(folder, 'library'),
      appPath: app,
      packaged: true,
      env: { APPIMAGE: installed },
    })
    onTestFinished(() => double.kill())
    const page = await double.page()
    await page.locator('nav').waitFor()
    await double.do('clickMenu', ['Help', 'Check for updates…'])
    await page.getByText('Dailies 99.0.0 is available').waitFor()
    await page.getByText('Everything is new.').waitFor()
    expect(feed.asked).toEqual(['/latest-linux.yml'])
    await page.getByRole('button', { name: 'Download' }).click()
    await page.getByRole('button', { name: 'Restart now' }).click()
    expect(await double.ended).toBe(0)
    expect(readFileSync(installed, 'utf8')).toBe(feed.program)
    await vi.waitUntil(() => existsSync(join(folder, 'opened')))
  }, 60_000)
})
