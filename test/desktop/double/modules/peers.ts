import type { PeerPolicy } from '../engine/settings'
import { enforce } from './enforce'

const policies = ['default', 'default_public_interface_only', 'default_public_and_private_interfaces']
const known = new Set<string>([...policies, 'disable_non_proxied_udp'])
const held = new Map<number, PeerPolicy>()

/** Has Chromium hold how far the peers of one page may go; Chromium knows one policy for all of them. */
export function holdPeers(page: number, policy: PeerPolicy): Promise<void> {
  if (!known.has(policy)) throw new Error(`The double of electron has no policy for peers named ${policy}.`)
  for (const [other, theirs] of held) {
    if (other !== page && theirs !== policy)
      throw new Error('The double of electron has no pages with different policies for peers.')
  }
  held.set(page, policy)
  return enforce((settings) => settings.setPeers(policy))
}

/** The page is gone, and its policy with it. */
export function forgetPeers(page: number): void {
  held.delete(page)
}
