import { sentence, type ProblemKey, type ProblemValues } from '@shared/problems'
import type { ConnectionRecord } from '../history'
import { ProviderError, type ConnectionAccess, type ConnectionKind } from '../providers'
import { enteredFor, isAmong } from './destinations'
import { KeychainError } from './keychain'
import type { Secrets } from './secrets'

/**
 * A connection as a provider's calls see it. A keychain that does not answer is a reason to wait, never to fail; an
 * address that a secret was not entered for is refused whatever the settings say by now. `kind` null gives out none.
 */
export function createAccess(
  record: ConnectionRecord,
  secrets: Secrets,
  kind: ConnectionKind | null,
): ConnectionAccess {
  return {
    id: record.id,
    label: record.label,
    settings: record.settings,
    async secret(name, to) {
      const info = record.secrets.find((known) => known.name === name)
      if (!info) return null
      const origins = kind === null ? [] : enteredFor(kind, info, record)
      const all = typeof to === 'string' ? [to] : to
      const strange = all.find((url) => !isAmong(origins, url))
      if (strange !== undefined) throw otherAddress(strange)
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

/** An access with what stands in a form in front of what is kept; a secret that is null there is not lent. */
export function draftAccess(
  record: Pick<ConnectionRecord, 'id' | 'label'> | null,
  kept: ConnectionAccess | null,
  settings: Record<string, unknown>,
  given: Record<string, string | null>,
): ConnectionAccess {
  return {
    id: record?.id ?? 'draft',
    label: record?.label ?? '',
    settings,
    secret: async (name, to) =>
      given[name] === undefined ? ((await kept?.secret(name, to)) ?? null) : given[name],
  }
}

/** A secret that is not to be had just now: nothing was sent, and it is tried again. */
export function notAtHand(key: ProblemKey, cause?: unknown): ProviderError {
  return unsent(key, 'later', {}, cause)
}

/** A secret that was entered for another address than the one it would go to: nothing was sent, nor will be. */
function otherAddress(url: string): ProviderError {
  return unsent('connection.otherAddress', 'never', { host: new URL(url).host })
}

function unsent(
  key: ProblemKey,
  retry: 'later' | 'never',
  values: ProblemValues,
  cause?: unknown,
): ProviderError {
  const { message, hint } = sentence(key, values)
  return new ProviderError(
    { code: 'auth', key, message, hint: hint ?? null, values, retry, charged: 'no', sent: false },
    { cause },
  )
}
