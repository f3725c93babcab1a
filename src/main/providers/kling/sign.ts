import { providerError } from '../../wire'
import type { Clock } from '../../ports'
import type { ConnectionAccess } from '../types'
import { tokenLife, tokenOf } from './jwt'
import { KlingSettings } from './settings'

/** Seconds before its end in which a token is made anew, so that none ends on its way. */
const spare = 300

/** Who signs in, and with what. */
export interface Signed {
  /** The bearer, which is a secret. */
  token: string
  /** Whether it was made here, so that another one can be made by a better clock. */
  made: boolean
}

/** Makes the bearer of each call. */
export interface Signer {
  /** For a call to `to`. Throws a `ProviderError` `auth`, not sent, where a secret is not at hand. */
  sign(access: ConnectionAccess, to: string): Promise<Signed>
  /** Takes the service's clock for this connection from now on; false where its date does not tell. */
  setClock(access: ConnectionAccess, date: string | undefined): boolean
}

export function createSigner(clock: Clock): Signer {
  /** Milliseconds that the service is ahead of us, by connection. */
  const skews = new Map<string, number>()
  const tokens = new Map<string, { token: string; of: string; until: number }>()

  return {
    async sign(access, to) {
      if (KlingSettings.parse(access.settings).signIn === 'key') {
        return { token: await secretOf(access, 'apiKey', to), made: false }
      }
      const [accessKey, secretKey] = [
        await secretOf(access, 'accessKey', to),
        await secretOf(access, 'secretKey', to),
      ]
      const now = Math.floor((clock.now() + (skews.get(access.id) ?? 0)) / 1000)
      const of = `${accessKey}\n${secretKey}`
      const kept = tokens.get(access.id)
      if (kept?.of === of && now < kept.until && now >= kept.until - tokenLife.ahead) {
        return { token: kept.token, made: true }
      }
      const token = tokenOf(accessKey, secretKey, now)
      tokens.set(access.id, { token, of, until: now + tokenLife.ahead - spare })
      return { token, made: true }
    },
    setClock(access, date) {
      const theirs = Date.parse(date ?? '')
      if (Number.isNaN(theirs)) return false
      skews.set(access.id, theirs - clock.now())
      tokens.delete(access.id)
      return true
    },
  }
}

async function secretOf(access: ConnectionAccess, name: string, to: string): Promise<string> {
  const secret = await access.secret(name, to)
  if (secret === null || secret === '') throw providerError('auth', 'kling.keyMissing', { retry: 'later' })
  return secret
}
