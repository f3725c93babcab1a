import type { Wire } from '../../wire'
import type { ConnectionKind } from '../types'
import { checkKey, RunwaySettings, secrets, sentTo } from './settings'
import { trial } from './trial'

/** What an account is made of, at Runway or at a relay, and how it is tried. */
export function connectionKind(wire: Wire): ConnectionKind {
  return {
    settings: RunwaySettings,
    secrets,
    sentTo,
    checkSecret: checkKey,
    docs: 'https://docs.dev.runwayml.com/guides/setup/',
    test: (access, signal) => trial(wire, access, signal),
  }
}
