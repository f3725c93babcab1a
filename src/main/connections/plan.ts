import type { SecretPlace } from '@shared/contract'
import type { ConnectionRecord } from '../history'
import type { ConnectionKind } from '../providers'
import { enteredFor, originsOf } from './destinations'
import type { Rewrite } from './rewrite'
import { said, type Secrets } from './secrets'

/**
 * What of the secrets a change is to do: those typed in, which are for the addresses of the settings to come; those that
 * are to move; and, where the settings change, those of which it was not yet written down what they were entered for.
 * Throws StudioError with the keychain's sentence where one that is to move cannot be read.
 */
export async function planRewrites(
  secrets: Secrets,
  kind: ConnectionKind,
  before: ConnectionRecord,
  wanted: {
    settings: Record<string, unknown>
    typed: Record<string, string | null>
    move: SecretPlace | undefined
  },
): Promise<Rewrite[]> {
  const { id, secrets: infos } = before
  const { settings, typed, move } = wanted
  const kept = move ?? infos.find((info) => info.kept !== null)?.kept ?? 'keychain'
  const steps = Object.entries(typed).flatMap(([name, secret]): Rewrite[] => {
    const old = infos.find((info) => info.name === name)
    if (secret === '' || (secret === null && !old)) return []
    const sentTo = originsOf(kind, name, settings)
    return [{ name, old, to: secret === null ? null : { secret, kept, sentTo } }]
  })
  for (const old of infos) {
    const moves = move !== undefined && old.kept !== move
    const unsaid = old.sentTo === undefined && settings !== before.settings
    if (!(moves || unsaid) || steps.some(({ name }) => name === old.name)) continue
    const secret = await said(secrets.read(id, old))
    const to = { kept: move ?? old.kept ?? kept, sentTo: enteredFor(kind, old, before) }
    if (secret !== null) steps.push({ name: old.name, old, to: { secret, ...to } })
  }
  return steps
}
