import { AsyncEntry } from '@napi-rs/keyring'
import type { KeychainState } from '@shared/contract'

/** Why the system's keychain cannot be used; each has a sentence of its own, `problem.keychain.<kind>`. */
export type KeychainTrouble = Exclude<KeychainState, 'ready'>

/**
 * Thrown by every call of a {@link Keychain} that the system did not carry out. Nothing was changed, unless the trouble
 * is `failed`: a secret may lie there that did not read back.
 */
export class KeychainError extends Error {
  override readonly name = 'KeychainError'
  constructor(
    readonly trouble: KeychainTrouble,
    options?: ErrorOptions,
  ) {
    super(`The system keychain is not usable: ${trouble}.`, options)
  }
}

/** Secrets in the operating system's keychain, by account name. A call that fails throws {@link KeychainError}. */
export interface Keychain {
  /** Whether secrets can be kept at all, without touching one. */
  check(): Promise<KeychainState>
  /** The secret, or null when none is kept. */
  get(account: string): Promise<string | null>
  /** Keeps a secret and reads it back once. */
  set(account: string, secret: string): Promise<void>
  /** Forgets a secret; false when there was none. */
  remove(account: string): Promise<boolean>
}

/** The name that the studio's secrets have in the system's keychain. */
export const keychainService = 'Dailies'

const patience = 60_000

/**
 * Tells the troubles apart by what the store says. Wordings as seen from keyring 2.1 against
 * gnome-keyring, and the error names of the Secret Service specification.
 */
function troubleOf(error: unknown): KeychainTrouble {
  const text = error instanceof Error ? error.message : String(error)
  if (/DBus error|\.service files|autolaunch|no result found|Failed to connect|ServiceUnknown/i.test(text))
    return 'absent'
  if (/dismissed|cancell?ed|errSecUserCanceled|-128\b/i.test(text)) return 'dismissed'
  if (/IsLocked|locked|errSecInteractionNotAllowed|-25308/i.test(text)) return 'locked'
  if (/AccessDenied|denied|not permitted|errSecAuthFailed|-25293/i.test(text)) return 'denied'
  return 'failed'
}

/**
 * Opens the system keychain under a service name.
 * On Linux the entry is pinned to the Secret Service: unpinned, the library falls back to the kernel's
 * keyring without a word, and that one forgets at the next boot.
 */
export function openKeychain(service: string): Keychain {
  async function ask<T>(
    account: string,
    work: (entry: AsyncEntry, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    try {
      const entry = new AsyncEntry(service, account, { linux: { store: 'secret-service' } })
      return await work(entry, AbortSignal.timeout(patience))
    } catch (error) {
      if (error instanceof KeychainError) throw error
      throw new KeychainError(troubleOf(error), { cause: error })
    }
  }

  const keychain: Keychain = {
    async check() {
      try {
        await keychain.get('dailies-check')
        return 'ready'
      } catch (error) {
        return error instanceof KeychainError ? error.trouble : 'failed'
      }
    },
    async get(account) {
      return (await ask(account, (entry, signal) => entry.getPassword(signal))) ?? null
    },
    async set(account, secret) {
      await ask(account, async (entry, signal) => {
        await entry.setPassword(secret, signal)
        const back = await entry.getPassword(signal).catch((cause: unknown) => {
          throw new KeychainError('failed', { cause })
        })
        if (back !== secret) throw new KeychainError('failed')
      })
    },
    async remove(account) {
      return ask(account, (entry, signal) => entry.deleteCredential(signal))
    },
  }
  return keychain
}
