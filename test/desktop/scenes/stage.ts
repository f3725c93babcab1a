import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { Driver, Launch, LaunchOptions } from '../driver'

/** One program on folders of its own, for all tests of a file. */
export interface Stage {
  driver(): Driver
  dataDir(): string
  library(): string
  /** Starts it again after it ended. */
  restart(): Promise<void>
}

/** Starts the program before the file's tests, and removes every trace after them. */
export function setStage(
  launch: Launch,
  more: () => Promise<Partial<LaunchOptions>> = async () => ({}),
): Stage {
  let folder = ''
  let options: LaunchOptions
  let driver: Driver | null = null
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
    options = { dataDir: join(folder, 'data'), library: join(folder, 'library'), ...(await more()) }
    driver = await launch(options)
  })
  afterAll(async () => {
    await driver?.kill()
    // Chromium ends by itself a moment after its program, and writes until then.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  })
  return {
    driver() {
      if (driver === null) throw new Error('The program is not running.')
      return driver
    },
    dataDir: () => options.dataDir,
    library: () => options.library,
    async restart() {
      driver = await launch(options)
    },
  }
}
