import { z } from 'zod'
import type { ProblemKey } from '@shared/problems'
import { isLoopback } from '../network'

/** What is wrong with the address of a service as a person typed it: TLS except on this computer, and no secret in it. */
export function addressRule(text: string): ProblemKey | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return 'wire.address'
  if (url.username !== '' || url.password !== '') return 'wire.addressSecret'
  if (url.search !== '' || url.hash !== '') return 'wire.address'
  return url.protocol === 'http:' && !isLoopback(url) ? 'wire.addressPlain' : null
}

/** A setting that holds the address of a service; used as typed, and refused by a sentence of {@link addressRule}. */
export const Address = z.string().check(({ value, issues }) => {
  const key = addressRule(value)
  if (key) issues.push({ code: 'custom', input: value, params: { key } })
})

/** An address that a path can be put behind: without the slashes at its end. */
export function baseOf(address: string): string {
  return address.replace(/\/+$/, '')
}
