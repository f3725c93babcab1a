import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const alias = { '@shared': resolve(import.meta.dirname, 'src/shared') }

/** The desktop program on the double or in a real Electron: a real browser in both, as in e2e. */
const shells = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  fileParallelism: false,
  retry: 1,
  expect: { poll: { timeout: 15_000 } },
}

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: [
            'test/unit/**/*.test.ts',
            'test/desktop/*.test.ts',
            'test/desktop/hardening/*.test.ts',
            'test/fuzz/**/*.test.ts',
          ],
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // A real browser on a busy machine may miss a moment: once more, and the run names every test that needed it.
          retry: 1,
          // What a person would still wait for; what comes sooner ends the wait.
          expect: { poll: { timeout: 15_000 } },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'desktop',
          include: ['test/desktop/flows/**/*.test.ts', 'test/packaging/**/*.test.ts'],
          ...shells,
        },
      },
      {
        resolve: { alias },
        test: { name: 'electron', include: ['test/electron/**/*.spec.ts'], ...shells },
      },
      {
        resolve: { alias },
        // Forks, because the keychain reads the real environment of its process.
        test: { name: 'keychain', include: ['test/keychain/**/*.test.ts'], pool: 'forks' },
      },
    ],
  },
})
