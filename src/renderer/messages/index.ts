import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { fill, type ProblemValues } from '@shared/problems'
import type pageEn from './en.json'

/** The languages the page speaks. */
export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'page'
    resources: { page: typeof pageEn }
  }
}

interface SharedCatalogue {
  problem: Record<string, { message: string; hint?: string }>
  notice?: Record<string, string>
  test?: Record<string, string>
}

const shared = new Map<Language, SharedCatalogue>()

const read = {
  en: () => Promise.all([import('./en.json'), import('@shared/messages/en.json')]),
  'zh-CN': () => Promise.all([import('./zh-CN.json'), import('@shared/messages/zh-CN.json')]),
}

/** The language the person's system asks for; Chinese of any kind is answered in 简体中文, the rest in English. */
export function systemLanguage(): Language {
  for (const wish of navigator.languages) {
    if (wish.toLowerCase().startsWith('zh')) return 'zh-CN'
    if (wish.toLowerCase().startsWith('en')) return 'en'
  }
  return 'en'
}

/** The language on screen. */
export function currentLanguage(): Language {
  return languages.find((language) => language === i18next.language) ?? 'en'
}

/** Loads a language's catalogues and puts the page into it. */
export async function speak(language: Language): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: false,
      ns: ['page'],
      defaultNS: 'page',
      resources: {},
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    })
  }
  if (!i18next.hasResourceBundle(language, 'page')) {
    const [page, said] = await read[language]()
    i18next.addResourceBundle(language, 'page', page.default)
    shared.set(language, said.default)
  }
  if (i18next.language !== language) await i18next.changeLanguage(language)
  document.documentElement.lang = language
  document.documentElement.dir = i18next.dir(language)
}

/** A text of the page's catalogue whose key is only known at run time; `fallback` where there is none. */
export function textOf(key: string, values: ProblemValues = {}, fallback = key): string {
  const text: unknown = i18next.getResource(currentLanguage(), 'page', key)
  return typeof text === 'string' ? fill(text, values) : fallback
}

/** Sentences one after the other, as the language on screen sets them: a full stop of Chinese brings its own space. */
export function sentences(...parts: (string | null | undefined)[]): string {
  return parts
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(currentLanguage() === 'zh-CN' ? '' : ' ')
}

/** What a provider is called: most by a name of their own, which is the same in every language. */
export function providerName({ id, label }: { id: string; label: string }): string {
  return textOf(`provider.${id}`, {}, label)
}

/** The sentence (and hint) of a problem by its name, null where the catalogue does not know it. */
export function problemText(
  key: string,
  values: ProblemValues = {},
): { message: string; hint: string | null } | null {
  const entry = shared.get(currentLanguage())?.problem[key]
  if (entry === undefined) return null
  return {
    message: fill(entry.message, values),
    hint: entry.hint === undefined ? null : fill(entry.hint, values),
  }
}

/** The sentence of a notice by its name; `fallback` where the catalogue does not know it. */
export function noticeText(key: string, values: ProblemValues, fallback: string): string {
  const sentence = shared.get(currentLanguage())?.notice?.[key]
  return sentence === undefined ? fallback : fill(sentence, values)
}

/** The sentence of a step of a connection's test, or of its remedy; `fallback` where the catalogue does not know it. */
export function testText(key: string, values: ProblemValues, fallback: string): string {
  const sentence = shared.get(currentLanguage())?.test?.[key]
  return sentence === undefined ? fallback : fill(sentence, values)
}
