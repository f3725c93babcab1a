import type { ProxyConfig, Session } from 'electron'
import type { Logger } from 'pino'
import type { spellings } from '@shared/words'
import type { MenuLanguage } from './menu'
import { origin } from './scheme'

/** Where Chromium's dictionaries lie; Electron fetches them from here, and nothing else. */
const dictionaries = 'https://redirector.gvt1.com/edgedl/chrome/dict/'
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
  /** The way out of the session while dictionaries may be fetched. */
  proxy: ProxyConfig
  /** The way out of it otherwise. */
  shut: ProxyConfig
}

/** Keeps a session's spelling as the settings have it. */
export function createSpelling(
  session: Session,
  platform: NodeJS.Platform,
  log: Logger,
): { follow(choice: SpellingChoice): void } {
  let latest = 0

  function put({ wanted, languages }: SpellingChoice): void {
    if (platform !== 'darwin') {
      session.setSpellCheckerDictionaryDownloadURL(wanted ? dictionaries : noDictionaries)
      session.setSpellCheckerLanguages(wanted ? languages(session.availableSpellCheckerLanguages) : [])
    }
    session.setSpellCheckerEnabled(wanted)
  }

  return {
    follow(choice) {
      latest += 1
      const own = latest
      // Off at once, and before the page is there; on only when nothing can go past the chosen proxy any more.
      if (!choice.wanted) put(choice)
      const fetches = choice.wanted && spellingSource(platform) === 'download'
      session
        .setProxy(fetches ? choice.proxy : choice.shut)
        .then(() => {
          if (choice.wanted && own === latest) put(choice)
        })
        .catch((error: unknown) => log.warn({ err: error }, 'the page’s session did not take the proxy'))
    },
  }
}
