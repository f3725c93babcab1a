import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Desk } from '../../src/main/ports'
import { TroubledKeychain } from '../support/keychain'
import { bareDesk } from '../support/ports'
import { runShell, type RunningShell } from '../support/shell'
import { bareSurroundings } from '../support/surroundings'
import { nowhere } from './tame'

/** A desk that can show, open and bin, as one on a screen does: seen from the contract, all of it is there. */
const desk: Desk = {
  ...bareDesk,
  capabilities: { ...bareDesk.capabilities, reveal: true, trash: true },
  reveal: () => Promise.resolve(),
  open: () => Promise.resolve(),
  async trash(path) {
    await rm(path, { force: true })
    return true
  },
}

/**
 * The studio behind the browser shell's server, in folders of its own. The way out of the computer is a proxy where
 * nobody listens, so that services with addresses of their own are as unreachable as the others.
 */
export function startFuzzed(): Promise<RunningShell> {
  return runShell((folder) => ({
    desk,
    keychain: new TroubledKeychain(),
    surroundings: {
      ...bareSurroundings,
      home: join(folder, 'home'),
      env: { AWS_EC2_METADATA_DISABLED: 'true' },
      systemProxy: () => Promise.resolve(nowhere),
    },
  }))
}
