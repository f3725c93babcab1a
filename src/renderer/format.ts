import i18next from 'i18next'
import type { Money } from '@shared/contract'
import { currentLanguage } from './messages'

// Inter draws U+202F so thin that 24 and fps touch; its ordinary space is a quarter of an em and already thin.
const GAP = '\u00a0'

/** The region the person prefers within the page's language, so that dates read as at home. */
function locale(): string {
  const language = currentLanguage()
  const root = language.slice(0, 2)
  return navigator.languages.find((wish) => wish.toLowerCase().startsWith(root)) ?? language
}

const numbers = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()

function number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale() + JSON.stringify(options)
  const known = numbers.get(key) ?? new Intl.NumberFormat(locale(), options)
  numbers.set(key, known)
  return known
}

function date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options)
  const known = dates.get(key) ?? new Intl.DateTimeFormat(locale(), options)
  dates.set(key, known)
  return known
}

/** A whole number with separators: `1,284`. */
export function count(value: number): string {
  return number({ maximumFractionDigits: 0 }).format(value)
}

/** A number with its unit and a thin space between: `24 fps`. */
export function withUnit(value: number, unit: string, digits = 0): string {
  return `${number({ maximumFractionDigits: digits }).format(value)}${GAP}${unit}`
}

/** A share from 0 to 1 as whole per cent, never 100 before it is done: `62 %`. */
export function percent(share: number): string {
  const whole = share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))
  return `${count(whole)}${GAP}%`
}

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** A size of bytes, decimal as file managers show it: `8.4 MB`. */
export function bytes(value: number): string {
  let scaled = value
  let step = 0
  while (scaled >= 999.5 && step < sizes.length - 1) {
    scaled /= 1000
    step += 1
  }
  return withUnit(scaled, sizes[step] ?? 'B', step === 0 || scaled >= 99.5 ? 0 : 1)
}

/** The length of a video from milliseconds: `5 s`, `5.2 s`, `1:04`. */
export function duration(ms: number): string {
  if (ms < 60_000) return withUnit(ms / 1000, 's', 1)
  return clock(ms)
}

/** A position or a running time from milliseconds: `0:42`, `12:03`, `1:02:03`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** A rough span from seconds: `40 s`, `3 min`, `1.5 h`. */
export function span(seconds: number): string {
  if (seconds < 90) {
    const rounded = seconds < 10 ? Math.max(1, Math.round(seconds)) : Math.round(seconds / 5) * 5
    return i18next.t('ui.seconds', { value: count(rounded) })
  }
  if (seconds < 5400) return i18next.t('ui.minutes', { value: count(Math.round(seconds / 60)) })
  return i18next.t('ui.hours', { value: number({ maximumFractionDigits: 1 }).format(seconds / 3600) })
}

/** A rough span from seconds, as an estimate: `About 3 min`. */
export function about(seconds: number): string {
  return i18next.t('ui.about', { span: span(seconds) })
}

/** An amount with its currency; zero is "free"; what is no currency of the world is written out: `60 credits`. */
export function money(value: Money): string {
  return value.micros === 0 ? i18next.t('ui.free') : sum(value)
}

/** A sum with its currency, where zero is a figure like any other: `$0.00`. */
export function sum({ micros, currency }: Money): string {
  const amount = micros / 1_000_000
  if (!/^[A-Z]{3}$/.test(currency))
    return `${number({ maximumFractionDigits: 2 }).format(amount)}${GAP}${currency}`
  // A second may cost a fraction of a cent more than another, and that is what one chooses by.
  const small = Math.abs(amount)
  const digits = small === 0 || small >= 1 ? 2 : small < 0.01 ? 4 : 3
  return number({
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(amount)
}

/** From here on an axis counts in thousands, millions and so on, or in what the language has instead. */
const roughFrom = 100_000_000_000

/** A sum on an axis that ends with `highest` micro-units: shortened where they are many, `$40M`. */
export function roughSum(value: Money, highest: number): string {
  if (highest < roughFrom) return sum(value)
  const world = /^[A-Z]{3}$/.test(value.currency)
  const style = world
    ? ({ style: 'currency', currency: value.currency, currencyDisplay: 'narrowSymbol' } as const)
    : {}
  const amount = number({ ...style, notation: 'compact', maximumFractionDigits: 1 }).format(
    value.micros / 1_000_000,
  )
  return world ? amount : `${amount}${GAP}${value.currency}`
}

/** The time of day of a moment: `14:02`, with seconds where asked. */
export function timeOfDay(at: number, seconds = false): string {
  return date({
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(at)
}

/** The day of a moment: `21 Nov 2026`. */
export function day(at: number): string {
  return date({ day: 'numeric', month: 'short', year: 'numeric' }).format(at)
}

/** A month `2026-11` by its name: `November 2026`, or `Nov` and a year where it is short. */
export function monthName(month: string, style: 'long' | 'short' = 'long'): string {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return date({ month: style, year: 'numeric' }).format(new Date(year, number - 1, 1))
}

/** Day and time of a moment: `21 Nov 2026, 14:02`. */
export function dayAndTime(at: number): string {
  return date({ dateStyle: 'medium', timeStyle: 'short' }).format(at)
}

const spans: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** How long ago a moment was, up to a week; the day after that. */
export function ago(at: number, now = Date.now()): string {
  const past = Math.max(0, now - at)
  if (past > 7 * 86_400_000) return day(at)
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' })
  for (const [unit, ms] of spans) {
    if (past >= ms) return relative.format(-Math.floor(past / ms), unit)
  }
  return i18next.t('ui.justNow')
}
