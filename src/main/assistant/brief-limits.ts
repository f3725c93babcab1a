import { StudioError } from '@shared/problems'

/** The largest file a brief may be in. */
export const mostBytes = 10 * 1024 * 1024

/** The most text that is worked on at once, in UTF-16 units. */
export const mostSigns = 200_000

/** Refuses a file that is too large; its size may be known before its bytes. */
export function tooLarge(): StudioError {
  return new StudioError('too_large', 'brief.tooLarge', { values: { limit: mostBytes / 1024 / 1024 } })
}
