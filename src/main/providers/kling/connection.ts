import type { ConnectionKind } from '../types'
import type { Client } from './client'
import { strays } from './list'
import { rootOf, sentTo } from './place'
import { testSteps } from './test-steps'
import { klingSecrets, KlingSettings } from './settings'
import type { Clock } from '../../ports'

/** What an account at Kling, or at a relay that passes its API on, is made of. */
export function connectionKind(client: Client, clock: Clock): ConnectionKind {
  return {
    settings: KlingSettings,
    secrets: klingSecrets,
    sentTo,
    docs: 'https://app.klingai.com/global/dev/document-api',
    test: (access, signal) => testSteps(client, clock, access, signal),
    service: 'Kling',
    list(access, since, signal) {
      const { root } = rootOf({ place: null, endpoint: null }, access.settings)
      return strays(client, { root, access, signal }, since)
    },
  }
}
