import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TroubledKeychain } from '../../support/keychain'
import { ManualClock } from '../../support/clock'
import { scene, type SceneOptions } from '../jobs/support/scene'

/** Long enough to show its last four characters, and found nowhere else. */
export const key = 'key-0123456789-abcd'
export const other = 'key-9876543210-wxyz'

/** The service on a real history, over a keychain that can be told to refuse. Jobs stand still. */
export async function house(options: SceneOptions = {}) {
  const keychain = new TroubledKeychain()
  const clock = new ManualClock()
  const hidden: string[] = []
  const hide = (secret: string) => void hidden.push(secret)
  const studio = await scene({ needsConnection: true, still: true, keychain, clock, hide, ...options })
  const { connections } = studio
  return {
    studio,
    connections,
    keychain,
    clock,
    hidden,
    /** Adds an account with its secrets in the keychain. */
    add: (secrets: Record<string, string> = { key }) => studio.connect({ keep: 'keychain', secrets }),
    /** What a provider's call would be given. */
    secret: async (id: string, name = 'key') =>
      (await connections.access(id)?.secret(name, studio.server.url)) ?? null,
    /** The one account as the page sees it. */
    seen: () => connections.list()[0],
  }
}

/** All bytes of the data folder, as text. */
export function bytesOf(dataDir: string): string {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}
