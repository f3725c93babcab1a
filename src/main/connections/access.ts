import { sentence, type ProblemKey } from '@shared/problems'
import type { ConnectionRecord } from '../history'
import { ProviderError, type ConnectionAccess } from '../providers'
import { KeychainError } from './keychain'
import type { Secrets } from './secrets'

/** A connection as a provider's calls see it. A keychain that does not answer is a reason to wait, never to fail. */
export function createAccess(record: ConnectionRecord, secrets: Secrets): ConnectionAccess {
  return {
    id: record.id,
    label: record.label,
    settings: record.settings,
    async secret(name) {
      const info = record.secrets.find((known) => known.name === name)
      if (!info) return null
      let secret: string | null
      try {
        secret = await secrets.read(record.id, info)
      } catch (error) {
        if (!(error instanceof KeychainError)) throw error
        throw notAtHand(`keychain.${error.trouble}`, error)
      }
      if (secret === null) {
        throw notAtHand(info.kept === 'session' ? 'connection.sessionOver' : 'connection.secretGone')
      }
      return secret
    },
  }
}

/** A secret that is not to be had just now: nothing was sent, and it is tried again. */
export function notAtHand(key: ProblemKey, cause?: unknown): ProviderError {
  const { message, hint } = sentence(key)
  return new ProviderError(
    { code: 'auth', key, message, hint: hint ?? null, retry: 'later', charged: 'no', sent: false },
    { cause },
  )
}
