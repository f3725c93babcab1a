import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { judge, type PackedFile } from '../../../packaging/contents'
import { packedProgram } from '../../../packaging/packed'
import type { Lock } from '../../../packaging/runtime'
import { tempFolder } from '../../support/folder'

const root = join(import.meta.dirname, '..', '..', '..')

describe('the variant for Playwright', () => {
  test('listens to the inspector, is never published, and is otherwise what people get', async () => {
    vi.stubEnv('DAILIES_RELEASES', 'someone/dailies')
    const { default: released } = await import('../../../electron-builder')
    vi.stubEnv('DAILIES_PACKAGE', 'e2e')
    vi.resetModules()
    const { default: driven } = await import('../../../electron-builder')
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
    const { default: config } = await import('../../../electron-builder')
    const start = readFileSync(join(root, 'src', 'main', 'desktop', 'start.ts'), 'utf8')
    expect(start).toContain(`app.setAppUserModelId('${config.appId}')`)
  })
})

describe('the program that is tested in place of the built one', () => {
  test.each([
    ['darwin', 'mac/Dailies.app/Contents/MacOS', 'Dailies'],
    ['darwin', 'mac-arm64/Dailies.app/Contents/MacOS', 'Dailies'],
    ['win32', 'win-unpacked', 'Dailies.exe'],
    ['win32', 'win-arm64-unpacked', 'Dailies.exe'],
    ['linux', 'linux-unpacked', 'dailies'],
    ['linux', 'linux-arm64-unpacked', 'dailies'],
  ] as const)('is found where electron-builder leaves it on %s, in %s', (platform, place, name) => {
    const folder = tempFolder()
    expect(() => packedProgram(folder, platform)).toThrow('holds 0 packed programs')
    mkdirSync(join(folder, place), { recursive: true })
    writeFileSync(join(folder, 'builder-debug.yml'), '')
    writeFileSync(join(folder, place, name), '')
    expect(packedProgram(folder, platform)).toBe(join(folder, place, name))
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
