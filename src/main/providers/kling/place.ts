import { z } from 'zod'
import type { JobRecord } from '../../history'
import { baseOf } from '../../wire'
import type { Destination } from '../types'
import { hosts, KlingSettings } from './settings'

/** What of an account's settings belongs to a job in flight: whose doors it went through. */
export const KlingPlace = z.object({ kind: KlingSettings.shape.kind })
export type KlingPlace = z.output<typeof KlingPlace>

/** Takes a job's place out of the settings of a connection. */
export function placeOf(settings: Record<string, unknown>): KlingPlace {
  return { kind: KlingSettings.parse(settings).kind }
}

/** The address of the service without a slash at its end; a relay has Kling's paths below `/kling`. */
export function endpointOf(settings: Record<string, unknown>): string {
  const { kind, baseUrl, relayUrl } = KlingSettings.parse(settings)
  return baseOf(kind === 'relay' ? relayUrl : (baseUrl ?? hosts[kind]))
}

/** Where the secrets go: one set of them serves whichever service the connection is at. */
export function sentTo(_secret: string, settings: Record<string, unknown>): Destination[] {
  const { kind } = KlingSettings.parse(settings)
  return [{ setting: kind === 'relay' ? 'relayUrl' : 'baseUrl', url: endpointOf(settings) }]
}

/** The root of Kling's paths for a job. A job without an endpoint was never sent anywhere: where the settings point. */
export function rootOf(
  { place, endpoint }: Pick<JobRecord, 'place' | 'endpoint'>,
  settings: Record<string, unknown>,
): { kind: KlingPlace['kind']; root: string } {
  const { kind } = place === null ? placeOf(settings) : KlingPlace.parse(place)
  return { kind, root: withPrefix(kind, endpoint ?? endpointOf(settings)) }
}

/** The address below which `/v1/videos/…` lies. */
export function withPrefix(kind: KlingPlace['kind'], endpoint: string): string {
  return kind === 'relay' ? `${endpoint}/kling` : endpoint
}
