import type { Connection, ConnectionForm, TestStep } from '@shared/contract'
import type { TFunction } from 'i18next'
import { testText, textOf } from '../messages'
import { applies, secretFields, settingFields, valueOf, type SettingField } from './fields'

/** What a setting or a secret is called. */
export function fieldName(title: string): string {
  return textOf(`connection.field.${title}`, {}, title)
}

/** What helps with a setting or a secret, where there is something to say. */
export function fieldHint(title: string): string | undefined {
  return textOf(`connection.hint.${title}`, {}, '') || undefined
}

/** A choice of a setting, as a person reads it. */
export function choiceName(title: string, value: string): string {
  return textOf(`connection.choice.${title}.${value}`, {}, value)
}

/** What is seen of a secret. */
export function masked(last4: string | null): string {
  return `••••${last4 ?? ''}`
}

/** Where a connection leads, in one line: the kind of service or the region, then bucket, prefix or address. */
export function placeOf({ settings }: Connection, form: ConnectionForm): string {
  const fields = settingFields(form.settings)
  return fields
    .filter(({ group, when }) => group === 'main' && applies(when, fields, settings))
    .flatMap((field) => {
      const value = valueOf(field, settings)
      if (typeof value !== 'string' || value === '') return []
      // Who signs in has a line of its own.
      if (field.control === 'choice') return field.name === 'signIn' ? [] : [choiceName(field.title, value)]
      return field.control === 'text' ? [value] : []
    })
    .join(' · ')
}

function signInField(fields: readonly SettingField[]): SettingField | undefined {
  return fields.find((field) => field.name === 'signIn')
}

/** Which kind of sign-in a connection's settings ask for; undefined where its provider knows only one. */
export function signInOf(form: ConnectionForm, settings: Record<string, unknown>): string | undefined {
  const field = signInField(settingFields(form.settings))
  const value = field ? valueOf(field, settings) : undefined
  return typeof value === 'string' ? value : undefined
}

/** Which sign-in is in use, and as whom the service saw it last. */
export function signInText(t: TFunction, connection: Connection, form: ConnectionForm): string {
  const { settings, secrets, tested } = connection
  const kind = signInOf(form, settings)
  const profile = settings['profile']
  const first = secretFields(form, settings)[0]
  const kept = secrets.find((secret) => secret.name === first?.name && secret.configured)
  const how =
    kind === 'profile' && typeof profile === 'string'
      ? t('connections.signIn.profile', { profile })
      : kind === 'default'
        ? t('connections.signIn.default')
        : kept && first
          ? `${fieldName(first.title)} ${masked(kept.last4)}`
          : t('connections.signIn.none')
  return tested?.who ? `${how} · ${tested.who}` : how
}

/** What a step of the test found, and what to do about it. */
export function stepTexts(step: TestStep): { said: string; why: string; remedy: string | null } {
  const why = testText(step.key, step.values, step.message)
  return {
    // Why steps were left out is said by the one that failed; what they are is not.
    said: step.state === 'skipped' ? textOf(`connections.test.step.${step.id}`, {}, why) : why,
    why,
    remedy: step.remedy && testText(step.remedy.key, step.values, step.remedy.message),
  }
}
