import type { Settings } from '@shared/contract'
import { speak, systemLanguage, type Language } from '../messages'
import { useSettings } from '../state/settings'

const prefersLight = window.matchMedia('(prefers-color-scheme: light)')

/** Kept where the next first paint can read it: a cookie outlives the browser shell's changing port. */
function keep(name: string, value: string | null): void {
  localStorage.removeItem(`dailies-${name}`)
  document.cookie = `dailies-${name}=${value ?? ''}; path=/; samesite=strict; max-age=${value === null ? 0 : 31_536_000}`
  if (value !== null) localStorage.setItem(`dailies-${name}`, value)
}

function wear(theme: Settings['theme']): void {
  const worn = theme === 'system' ? (prefersLight.matches ? 'light' : 'dark') : theme
  document.documentElement.dataset['theme'] = worn
  keep('theme', theme === 'system' ? null : theme)
}

/** The language of a setting. */
export function languageOf(setting: Settings['language']): Language {
  return setting === 'system' ? systemLanguage() : setting
}

/** Puts the page into the theme and language of the settings, now and whenever they change. */
export async function followSettings(): Promise<void> {
  useSettings.subscribe(({ settings }, before) => {
    if (settings.theme !== before.settings.theme) wear(settings.theme)
    if (settings.language !== before.settings.language) {
      keep('language', settings.language === 'system' ? null : settings.language)
      void speak(languageOf(settings.language))
    }
  })
  prefersLight.addEventListener('change', () => wear(useSettings.getState().settings.theme))
  const { settings, loaded } = useSettings.getState()
  if (loaded) wear(settings.theme)
  await speak(languageOf(settings.language))
}
