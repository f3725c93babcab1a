import type { AssistantModel, Exchange, JobError, Style, TokenPrice } from '@shared/contract'
import i18next, { type TFunction } from 'i18next'
import { sum } from '../format'
import { currentLanguage, problemText, textOf } from '../messages'

/** A failure as the studio keeps it, in the page's language. */
export function errorText({ key, message, hint, values }: JobError): {
  message: string
  hint: string | null
} {
  return problemText(key, values) ?? { message, hint }
}

/** `in $1.00, out $5.00 a million tokens`. */
export function priceText(t: TFunction, price: TokenPrice | null): string {
  if (price === null) return t('composer.estimate.unknown')
  const { input, output, currency } = price
  return t('assistant.model.price', {
    input: sum({ micros: input, currency }),
    output: sum({ micros: output, currency }),
  })
}

/** What there is to say of a model beside its price. */
export function noteText({ note, until }: AssistantModel): string | null {
  return note === null ? null : textOf(`assistant.note.${note}`, { until: until ?? '' })
}

/** The name of a language in the page's own. */
export function languageName(language: string): string {
  return new Intl.DisplayNames(currentLanguage(), { type: 'language' }).of(language) ?? language
}

/** What an exchange asked for. */
export function actionName(action: Exchange['action']): string {
  return i18next.t(`assistant.action.${action}`)
}

/** What a style is called: ours by the page's catalogue, one's own by its name. */
export function styleName({ id, name, builtIn }: Style): string {
  return builtIn ? textOf(`assistant.style.${id}`, {}, name) : name
}
