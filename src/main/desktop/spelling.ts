import type { Session } from 'electron'
import type { Logger } from 'pino'
import type { spellings } from '@shared/words'
import type { Dictionaries } from './dictionaries'
import type { MenuLanguage } from './menu'
import { nowhere } from './proxy'
import { origin } from './scheme'

/** An address of our own that has none: without the person's word nothing is fetched, whatever Chromium tries. */
const noDictionaries = `${origin}/no-dictionaries/`

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

/** What the person chose, as it concerns spelling. */
export interface SpellingChoice {
  wanted: boolean
  languages: (available: readonly string[]) => string[]
}

export interface SpellingOptions {
  session: Session
  dictionaries: Dictionaries
  platform: NodeJS.Platform
  /** The session leads nowhere but to the dictionaries. */
  sealed: boolean
  log: Logger
}

/** Keeps a session's spelling as the settings have it, and its way out shut. */
export function createSpelling(options: SpellingOptions): { follow(choice: SpellingChoice): void } {
  const { session, dictionaries, platform, sealed, log } = options
  let latest = 0

  function put({ wanted, languages }: SpellingChoice, from: string): void {
    if (platform !== 'darwin') {
      session.setSpellCheckerDictionaryDownloadURL(from)
      session.setSpellCheckerLanguages(wanted ? languages(session.availableSpellCheckerLanguages) : [])
    }
    session.setSpellCheckerEnabled(wanted)
  }

  const shut = (own: string | null) => session.setProxy(sealed ? nowhere(own) : { mode: 'direct' })

  /** On only when Chromium can reach the dictionaries, and nobody else. */
  async function turnOn(choice: SpellingChoice, own: number): Promise<void> {
    const from = await dictionaries.open()
    if (own !== latest) return
    await shut(from)
    if (own === latest) put(choice, from)
  }

  return {
    follow(choice) {
      latest += 1
      const fetches = choice.wanted && spellingSource(platform) === 'download'
      // Off at once, and before the page is there.
      if (!choice.wanted) put(choice, noDictionaries)
      if (!fetches) dictionaries.close()
      const settled = fetches ? Promise.all([shut(null), turnOn(choice, latest)]) : shut(null)
      if (choice.wanted && !fetches) put(choice, noDictionaries)
      settled.catch((error: unknown) => log.warn({ err: error }, 'the page’s session did not take the proxy'))
    },
  }
}
