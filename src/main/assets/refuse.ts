import { StudioError } from '@shared/problems'
import type { Sniffed } from './sniff'

/** Most megabytes of an image file. */
export const mostMegabytes = 100
export const mostBytes = mostMegabytes * 1_000_000
/** Most pixels of one side, and with it of the whole: 268 million. */
export const mostSide = 16_384

/** An image file that is too heavy to be read. */
export function tooHeavy(): StudioError {
  return new StudioError('too_large', 'image.tooHeavy', { values: { limit: mostMegabytes } })
}

/** A file that sharp could not decode although its head looked right. */
export function damaged(name: string, cause?: unknown): StudioError {
  return new StudioError('invalid_request', 'image.damaged', { values: { name }, cause })
}

/** The format of a file that is taken in; raises one clear sentence for every other. */
export function acceptedFormat(sniffed: Sniffed, name: string) {
  if (sniffed === null) throw new StudioError('unsupported_media', 'image.notImage', { values: { name } })
  if ('refused' in sniffed) {
    throw new StudioError('unsupported_media', 'image.unsupported', { values: { format: sniffed.refused } })
  }
  return sniffed.format
}
