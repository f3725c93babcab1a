import { z } from 'zod'
import type { ProblemKey } from '@shared/problems'
import type { JobRecord } from '../../history'
import { baseOf } from '../../wire'
import { ofKind, otherUrl, relayHosting, relayUrl } from '../relay'
import type { ConnectionAccess, Destination, SecretRule } from '../types'

export const kinds = ['official', 'relay'] as const
export type Kind = (typeof kinds)[number]

/** Runway's developer API; `api.runwayml.com` is another one (docs.dev.runwayml.com, "Using the API"). */
const officialUrl = 'https://api.dev.runwayml.com'

/**
 * What a connection is made of, without its key. An official one goes to Runway itself; a relay is a gateway that sells
 * Runway's models under its own address and keys, so its address is the person's to give.
 */
export const RunwaySettings = z
  .strictObject({
    kind: z
      .enum(kinds)
      .default('official')
      .meta({ title: 'kind', 'x-ui': { group: 'main', control: 'choice' } }),
    relayUrl: relayUrl.optional(),
    hosting: relayHosting,
    baseUrl: otherUrl('baseUrl', officialUrl, ofKind('official')),
  })
  .check(({ value, issues }) => {
    if (value.kind !== 'relay' || value.relayUrl !== undefined) return
    issues.push({ code: 'custom', path: ['relayUrl'], input: value, params: { key: 'runway.relayNeeded' } })
  })
export type RunwaySettings = z.output<typeof RunwaySettings>

/** Two keys under two names: one for Runway never travels to a relay because a connection was switched. */
export const secrets: readonly SecretRule[] = [
  { name: 'apiKey', title: 'runwayKey', required: true, when: { field: 'kind', in: ['official'] } },
  { name: 'relayKey', title: 'relayKey', required: true, when: { field: 'kind', in: ['relay'] } },
]

/** The form of Runway's keys, which its own SDK insists on too (`@runwayml/sdk`); a relay's may look like anything. */
const keyForm = /^key_[0-9a-f]{128}$/

/** What is wrong with a key, as far as its form tells. */
export function checkKey(name: string, secret: string): ProblemKey | null {
  return name === 'apiKey' && !keyForm.test(secret) ? 'runway.keyForm' : null
}

/** Where jobs of a connection go; null for settings that never passed validation. */
export function endpointOf(settings: Record<string, unknown>): string | null {
  const parsed = RunwaySettings.safeParse(settings)
  if (!parsed.success) return null
  const { kind, relayUrl, baseUrl } = parsed.data
  const address = kind === 'relay' ? relayUrl : (baseUrl ?? officialUrl)
  return address === undefined ? null : baseOf(address)
}

/** Where a key goes; a relay's goes nowhere while no relay is named. */
export function sentTo(secret: string, settings: Record<string, unknown>): Destination[] {
  const { relayUrl, baseUrl } = RunwaySettings.parse(settings)
  if (secret !== 'relayKey') return [{ setting: 'baseUrl', url: baseUrl ?? officialUrl }]
  return relayUrl === undefined ? [] : [{ setting: 'relayUrl', url: relayUrl }]
}

/** What else of the settings belongs to a job in flight. */
export function placeOf(settings: Record<string, unknown>): { kind: Kind } {
  return { kind: kindOf(settings) }
}

function kindOf(settings: Record<string, unknown>): Kind {
  return settings['kind'] === 'relay' ? 'relay' : 'official'
}

/** What a job was made for. */
export function kindOfPlace({ place }: Pick<JobRecord, 'place'>): Kind {
  return kindOf(place ?? {})
}

/** Whom a call goes to: `name` is what it is called in sentences, a relay by its host. */
export interface Service {
  kind: Kind
  name: string
}

/** An account as one call goes to it. */
export interface Account extends Service {
  base: string
  key: string
}

/** Where a job goes, by what was frozen into it, and with the key that the connection has for that now. */
export async function accountOf(
  job: Pick<JobRecord, 'endpoint' | 'place'>,
  connection: ConnectionAccess,
): Promise<Account | null> {
  const kind = job.place === null ? kindOf(connection.settings) : kindOfPlace(job)
  const base = job.endpoint ?? endpointOf(connection.settings)
  if (base === null) return null
  const key = await connection.secret(kind === 'relay' ? 'relayKey' : 'apiKey', base)
  if (key === null) return null
  return { kind, name: kind === 'relay' ? new URL(base).host : 'Runway', base, key }
}
