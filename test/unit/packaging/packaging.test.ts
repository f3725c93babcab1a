import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { judge, type PackedFile } from '../../../packaging/contents'
import type { Lock } from '../../../packaging/runtime'

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
