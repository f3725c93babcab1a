import type { Session } from 'electron'
import type { spellings } from '@shared/words'
import type { MenuLanguage } from './menu'
import { origin } from './scheme'

/** Where Chromium's dictionaries lie; Electron fetches them from here, and nothing else. */
const dictionaries = 'https://redirector.gvt1.com/edgedl/chrome/dict/'
/** An address of our own that has none: without the person's word nothing is fetched, whatever Chromium tries. */
const nowhere = `${origin}/no-dictionaries/`

/** Where this system has spellings from. */
export function spellingSource(platform: NodeJS.Platform): (typeof spellings)[number] {
  return platform === 'darwin' ? 'system' : 'download'
}

/**
 * The dictionaries to use: of the interface's language, of the languages the person set the system to, and English,
 * which most models are spoken to in. Languages without one (Chinese) are left out.
 */
export function spellingLanguages(
  available: readonly string[],
  language: MenuLanguage,
  preferred: readonly string[],
): string[] {
  const found = [language, ...preferred].flatMap((tag) => dictionaryFor(tag, available, preferred) ?? [])
  const english = found.some((code) => code.startsWith('en'))
    ? []
    : available.filter((code) => code === 'en-US')
  return [...new Set([...found, ...english])]
}

/** `en` alone is the English of the person's system. */
function dictionaryFor(
  tag: string,
  available: readonly string[],
  preferred: readonly string[],
): string | null {
  const [base = tag] = tag.split('-')
  const own = tag === base ? preferred.filter((other) => other.startsWith(`${base}-`)) : []
  const wishes = [...own, tag, base, ...(base === 'en' ? ['en-US'] : [])]
  return wishes.find((code) => available.includes(code)) ?? null
}

/** Puts the session's spelling as the settings have it. */
export function followSpelling(
  session: Session,
  wanted: boolean,
  languages: (available: readonly string[]) => string[],
  platform: NodeJS.Platform,
): void {
  if (platform !== 'darwin') {
    session.setSpellCheckerDictionaryDownloadURL(wanted ? dictionaries : nowhere)
    session.setSpellCheckerLanguages(wanted ? languages(session.availableSpellCheckerLanguages) : [])
  }
  session.setSpellCheckerEnabled(wanted)
}
