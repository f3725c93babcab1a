import { mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { startServer } from '../../src/main/browser/server'
import type { Desk } from '../../src/main/ports'
import { createStudio, type Studio } from '../../src/main/studio'
import { systemClock, systemRandom } from '../../src/main/system'
import { tempFolder } from '../support/folder'
import { TroubledKeychain } from '../support/keychain'
import { barePorts, bareSurroundings } from '../support/surroundings'
import { nowhere } from './tame'

export interface Fuzzed {
  studio: Studio
  port: number
  token: string
  folder: string
  logged: string[]
}

/** A desk that can show, open and bin, as one on a screen does: seen from the contract, all of it is there. */
const desk: Desk = {
  capabilities: { dragOut: false, dialogs: false, reveal: true, trash: true, systemNotifications: false },
  reveal: () => Promise.resolve(),
  open: () => Promise.resolve(),
  async trash(path) {
    await rm(path, { force: true })
    return true
  },
  dialogs: null,
  dragOut: null,
  notify: null,
}

/**
 * The studio behind the browser shell's server, in folders of its own. The way out of the computer is a proxy where
 * nobody listens, so that services with addresses of their own are as unreachable as the others.
 */
export async function startFuzzed(): Promise<Fuzzed> {
  const folder = tempFolder()
  const pageDir = join(folder, 'page')
  mkdirSync(pageDir)
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html><title>Dailies</title>')
  const logged: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) })
  const studio = await createStudio({
    clock: systemClock,
    random: systemRandom,
    paths: {
      dataDir: join(folder, 'data'),
      defaultLibrary: join(folder, 'videos'),
      libraryOverride: null,
      pageDir,
    },
    desk,
    log,
    version: '1.2.3',
    ...barePorts,
    keychain: new TroubledKeychain(),
    hide: () => undefined,
    surroundings: {
      ...bareSurroundings,
      home: join(folder, 'home'),
      env: { AWS_EC2_METADATA_DISABLED: 'true' },
      systemProxy: () => Promise.resolve(nowhere),
    },
  })
  const token = 'test-token-0123456789abcdefghijklmnopqrstuv'
  const server = await startServer({ studio, source: null, port: 0, token, version: '1.2.3', log })
  onTestFinished(async () => {
    await server.close()
    await studio.close()
  })
  return { studio, port: server.port, token, folder, logged }
}
