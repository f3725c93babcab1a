import type { AskedAgain } from '@shared/contract'
import { issue, type Issue } from '@shared/problems'
import type { ConnectionRecord, KeptSecret } from '../history'
import type { ConnectionKind } from '../providers'
import { isAsked } from './form'

type Settings = Record<string, unknown>
type Whose = Pick<ConnectionRecord, 'settings' | 'secrets'>

/** The origins (scheme, host and port) that a secret goes to with these settings: each once, in order. */
export function originsOf(kind: ConnectionKind, secret: string, settings: Settings): string[] {
  const origins = kind.sentTo(secret, settings).map(({ url }) => originOf(url))
  return [...new Set(origins)].toSorted()
}

/** The origins that a kept secret was entered for. */
export function enteredFor(
  kind: ConnectionKind,
  { name, sentTo }: KeptSecret,
  { settings }: Pick<Whose, 'settings'>,
): readonly string[] {
  // Kept before this was written down: settings have not changed since, or it would be.
  return sentTo ?? originsOf(kind, name, settings)
}

/** Whether an address lies at one of the origins. */
export function isAmong(origins: readonly string[], url: string): boolean {
  return origins.includes(originOf(url))
}

/**
 * The secrets that these settings call for and would send to an origin that they were not entered for, each with the
 * setting at which that is said: the one that names the new address, or else the first that is another now. Those that
 * are not `there` any more are no matter.
 */
export function askedAgain(
  kind: ConnectionKind,
  record: Whose,
  settings: Settings,
  there: (info: KeptSecret) => boolean,
): AskedAgain[] {
  const changed = Object.keys({ ...record.settings, ...settings }).filter(
    (name) => JSON.stringify(record.settings[name]) !== JSON.stringify(settings[name]),
  )
  return record.secrets.flatMap((info) => {
    const rule = kind.secrets.find(({ name }) => name === info.name)
    if (!rule || !isAsked(kind, rule, settings) || !there(info)) return []
    const known = enteredFor(kind, info, record)
    const strange = kind.sentTo(info.name, settings).filter(({ url }) => !isAmong(known, url))
    const [first] = strange
    if (!first) return []
    const named = strange.find(({ setting }) => changed.includes(setting))?.setting
    return [{ name: info.name, setting: named ?? changed[0] ?? first.setting }]
  })
}

/** What is wrong where secrets would go to an address that they were not entered for, and are not `given` anew. */
export function checkAddresses(
  kind: ConnectionKind,
  record: Whose,
  settings: Settings,
  given: Record<string, string | null>,
  there: (info: KeptSecret) => boolean,
): Issue[] {
  const wrong = askedAgain(kind, record, settings, there).filter(
    ({ name }) => given[name] === undefined || given[name] === '',
  )
  const at = new Set(wrong.map(({ setting }) => setting))
  return [...at].map((setting) => issue(['settings', setting], 'connection.addressChanged'))
}

function originOf(url: string): string {
  return new URL(url).origin
}
