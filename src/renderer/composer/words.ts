import type { Money, Price } from '@shared/contract'
import type { TFunction } from 'i18next'
import { bytes, count, money, withUnit } from '../format'
import { textOf } from '../messages'
import {
  canonical,
  paintedOf,
  plainOf,
  sidesOf,
  type Bar,
  type HeldValue,
  type Obstacle,
  type ParamValue,
  type Setting,
} from '../state/composer'
import { moveText } from './camera/words'
import { paintedText } from './motion/words'
import { shotsText } from './shots/words'

const readable = (name: string) => {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What a parameter is called; one without a word in the catalogue is called by its own name, made readable. */
export function paramName(title: string): string {
  return textOf(`param.${title}`, {}, readable(title))
}

/** A value of a parameter as a person reads it: `5 s`, `720p`, `Push in`. */
export function valueName(t: TFunction, title: string, value: ParamValue, unit: string | null): string {
  if (typeof value === 'boolean') return t(value ? 'composer.setting.on' : 'composer.setting.off')
  const frames = /^(\d+)\/(\d+)$/.exec(String(value))
  if (frames) {
    const [count, rate] = [Number(frames[1]), Number(frames[2])]
    return t('composer.setting.frames', { length: withUnit(count / rate, 's', 2), count })
  }
  const size = sidesOf(value)
  if (size) return size.join(' × ')
  const plain = canonical(title, value)
  if (title === 'duration' && typeof plain === 'number') return withUnit(plain, 's', 1)
  if (title === 'resolution' && typeof plain === 'number') return `${plain}p`
  if (unit !== null && typeof value === 'number') return withUnit(value, unit, 2)
  return textOf(`choice.${title}.${value}`, {}, String(value))
}

/** What it is called that a choice was left alone. */
export function unsetName(t: TFunction, title: string): string {
  return textOf(`choice.${title}.unset`, {}, t('composer.setting.auto'))
}

/** What a setting is at, over all models that have it. */
export function settingValue(t: TFunction, { title, unit, value }: Setting): string {
  switch (value.kind) {
    case 'auto':
      return t('composer.setting.auto')
    case 'one':
      return valueName(t, title, value.written, unit)
    case 'mixed':
      return [...new Set(value.written.map((written) => valueName(t, title, written, unit)))].join(' / ')
  }
}

/** What a setting chip says. */
export function settingText(t: TFunction, setting: Setting): string {
  const { title, value } = setting
  const text = settingValue(t, setting)
  // A figure or a word that stands for itself needs no name; "auto", "on" and a bare seed do.
  const bare = ['choice', 'size'].includes(setting.control) || setting.unit !== null || title === 'duration'
  return bare && value.kind !== 'auto' ? text : `${paramName(title)} ${text}`
}

/** Why a model does not take an input, as a sentence without its full stop. */
export function obstacleText(t: TFunction, model: string, { key, role, values }: Obstacle): string {
  return t(`composer.obstacle.${key}`, {
    model,
    role: t(`composer.roleIn.${role}`),
    ...Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, key === 'bytes' ? bytes(value) : count(value)]),
    ),
  })
}

/** One line on what a model is, in the page's language where the catalogue has it. */
export function modelSummary(model: { id: string; summary: string }): string {
  return textOf(`model.${model.id}`, {}, model.summary)
}

/** A price in words: `$0.75 a second`, `Free`; `amount` null is one that is not known. */
export function unitPrice(t: TFunction, { unit }: Pick<Price, 'unit'>, amount: Money | null): string {
  if (unit === 'free') return t('composer.estimate.free')
  if (unit === 'unknown' || amount === null) return t('composer.estimate.unknown')
  return t(unit === 'second' ? 'composer.model.perSecond' : 'composer.model.perVideo', {
    price: money(amount),
  })
}

/** Where a price was read; a job keeps the provider's own words, which the catalogue knows by their letters. */
export function priceSource(source: string): string {
  return textOf(`priceSource.${source.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`, {}, source)
}

/** Any value of a parameter as a person reads it, a camera move or what was painted too. */
export function heldText(t: TFunction, title: string, value: HeldValue, unit: string | null): string {
  const plain = plainOf(value)
  if (plain !== undefined) return valueName(t, title, plain, unit)
  if (paintedOf(value) !== null) return paintedText(t, value)
  return shotsText(t, value) || moveText(t, value)
}

/** Why a control does not work as things stand, and what would change that. */
export function barText(t: TFunction, bar: Bar): string {
  switch (bar.kind) {
    case 'param': {
      const values = bar.values.map((value) => valueName(t, bar.title, value, bar.unit)).join(', ')
      return t('composer.only.param', { name: paramName(bar.title), values })
    }
    case 'needs':
      return t('composer.only.needs', { role: t(`composer.roleIn.${bar.role}`) })
    case 'withoutRole':
      return t('composer.only.without', { name: t(`composer.role.${bar.role}`) })
    case 'withoutParam':
      return t('composer.only.without', { name: paramName(bar.title) })
  }
}
