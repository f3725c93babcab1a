import type { Money } from '@shared/contract'
import { bytes, money } from '../format'
import { textOf } from '../messages'
import type { EventLine } from './events'

function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'micros' in value && 'currency' in value
}

/** `not_found_again` as words, for a kind no catalogue knows. */
function readable(kind: string): string {
  const words = kind.replaceAll(/[_.]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What happened, in words, with the one figure that matters. */
export function eventText({ kind, data, times }: EventLine): string {
  const { estimate, bytes: size, providerJobId, code } = data
  const detail =
    kind === 'created' && isMoney(estimate) && estimate.micros > 0
      ? money(estimate)
      : typeof size === 'number'
        ? bytes(size)
        : kind === 'accepted' && typeof providerJobId === 'string'
          ? shortId(providerJobId)
          : kind === 'failed' && typeof code === 'string'
            ? textOf(`card.failed.${code}`, {}, code)
            : null
  const text = textOf(`event.${kind}`, {}, readable(kind))
  return `${text}${detail === null ? '' : `, ${detail}`}${times > 1 ? ` (×\u202f${times})` : ''}`
}

/** The part of a provider's id that tells one from another: of an address its last step, and of that eight characters. */
function shortId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).slice(0, 8)
}
