import type { SecretPlace } from '@shared/contract'
import { StudioError } from '@shared/problems'
import type { KeptSecret } from '../history'
import type { Clock } from '../ports'
import { KeychainError, type Keychain } from './keychain'

/** A secret read from the keychain is used again for this long, so that a thousand polls ask the system once. */
const freshMs = 10 * 60_000
/** After the person said no to the system's question, jobs do not raise it again for this long. */
const quietMs = 5 * 60_000
/** Of a secret shorter than this, four characters would give away too much. */
const shortest = 12

/** Where one secret is kept, and the origins it is kept for. */
export interface Spot {
  name: string
  kept: SecretPlace | null
  sentTo?: readonly string[] | undefined
}

/**
 * The name that a secret is kept under. It holds the origins that the secret was entered for, so that one for another
 * address lies beside it: the row that names it decides, and no end of the program between the two mixes them up.
 */
function accountOf(id: string, { name, sentTo }: Spot): string {
  return [`${id}/${name}`, ...(sentTo ?? [])].join(' ')
}

/** Whether two secrets are kept in the same place under the same name, so that one takes the place of the other. */
export function sameSpot(one: Spot, other: Spot): boolean {
  return one.kept === other.kept && accountOf('', one) === accountOf('', other)
}

/** The secrets of all connections: in the keychain, or by choice in memory for this run. */
export interface Secrets {
  /** Whether this secret is at hand: one kept for a session is gone with it. */
  has(id: string, info: Spot): boolean
  /**
   * The secret, or null when none is kept. Throws {@link KeychainError}: for a while at once and without asking the
   * system, where the person has just declined.
   */
  read(id: string, info: Spot): Promise<string | null>
  /** The person is at it: the next {@link Secrets.read} asks the system, whatever was declined before. */
  askAnew(id: string): void
  /**
   * Keeps a secret and answers what may be told of it. Throws StudioError `unavailable` with the keychain's sentence
   * when it was not kept; an earlier one is then still there.
   */
  keep(id: string, spot: Spot & { kept: SecretPlace }, secret: string): Promise<KeptSecret>
  /** Forgets a secret. Throws StudioError as {@link Secrets.keep} does. */
  forget(id: string, info: Spot): Promise<void>
}

/** `hide` hears every secret that passes through here, so that no log line shows it. */
export function createSecrets(deps: {
  keychain: Keychain
  clock: Clock
  hide: (secret: string) => void
}): Secrets {
  const { keychain, clock, hide } = deps
  const session = new Map<string, string>()
  const read = new Map<string, { secret: string; at: number }>()
  const asking = new Map<string, Promise<string | null>>()
  const declined = new Map<string, { error: KeychainError; at: number }>()

  /** Those who ask at the same time share one question: it may be one to the person. */
  function ask(key: string): Promise<string | null> {
    const going = asking.get(key)
    if (going) return going
    const answer = keychain.get(key).then(
      (secret) => {
        if (secret !== null) hide(secret)
        // Replaced or forgotten meanwhile: what was read is old.
        if (secret !== null && asking.get(key) === answer) read.set(key, { secret, at: clock.now() })
        return secret
      },
      (error: unknown) => {
        if (error instanceof KeychainError && isNo(error)) declined.set(key, { error, at: clock.now() })
        throw error
      },
    )
    asking.set(key, answer)
    const end = () => {
      if (asking.get(key) === answer) asking.delete(key)
    }
    answer.then(end, end)
    return answer
  }

  return {
    has: (id, spot) =>
      spot.kept === 'keychain' || (spot.kept === 'session' && session.has(accountOf(id, spot))),
    async read(id, spot) {
      const { kept } = spot
      const key = accountOf(id, spot)
      if (kept === 'session') return session.get(key) ?? null
      if (kept === null) return null
      const known = read.get(key)
      if (known && clock.now() - known.at < freshMs) return known.secret
      const no = declined.get(key)
      if (no && clock.now() - no.at < quietMs) throw no.error
      return ask(key)
    },
    askAnew(id) {
      for (const key of declined.keys()) if (key.startsWith(`${id}/`)) declined.delete(key)
    },
    async keep(id, spot, secret) {
      const { name, kept, sentTo } = spot
      const key = accountOf(id, spot)
      hide(secret)
      if (kept === 'keychain') {
        await said(keychain.set(key, secret))
        asking.delete(key)
        read.set(key, { secret, at: clock.now() })
      } else {
        session.set(key, secret)
      }
      const last4 = secret.length < shortest ? null : secret.slice(-4)
      return { name, configured: true, last4, kept, ...(sentTo ? { sentTo: [...sentTo] } : {}) }
    },
    async forget(id, spot) {
      const { kept } = spot
      const key = accountOf(id, spot)
      if (kept === 'session') session.delete(key)
      if (kept !== 'keychain') return
      await said(keychain.remove(key))
      asking.delete(key)
      read.delete(key)
    },
  }
}

/** Whether the person, or the system for them, said no: asking again would only raise the question again. */
function isNo({ trouble }: KeychainError): boolean {
  return trouble === 'dismissed' || trouble === 'denied'
}

/** What the keychain did not do, in the sentence of its trouble: StudioError `unavailable`. */
export async function said<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof KeychainError) {
      throw new StudioError('unavailable', `keychain.${error.trouble}`, { cause: error })
    }
    throw error
  }
}
