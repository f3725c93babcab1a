import type { spellings } from './words'

/**
 * Whether spelling in prompts is checked: as the person chose, else (null) only where nothing has to be fetched for it.
 * Without a source (in a browser) it is not Dailies' affair.
 */
export function spellingOn(chosen: boolean | null, source: (typeof spellings)[number] | undefined): boolean {
  return source !== undefined && (chosen ?? source === 'system')
}
