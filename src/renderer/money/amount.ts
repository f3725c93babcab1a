/** The most that a budget may be, in units of its currency. */
export const mostAmount = 1_000_000

/**
 * Reads an amount as it is typed, `7.50` or `7,50`, in micro-units. Null for anything else: signs, words, more than six
 * places, thousands marks (which would leave it open whether `1,000` is one or a thousand), more than {@link mostAmount}.
 */
export function readAmount(typed: string): number | null {
  const parts = /^(\d{1,7})(?:[.,](\d{0,6}))?$/.exec(typed.trim())
  if (!parts) return null
  const [, whole = '0', part = ''] = parts
  // Three places after a comma are as likely to be thousands.
  if (typed.includes(',') && part.length === 3) return null
  const micros = Number(whole) * 1_000_000 + Number(part.padEnd(6, '0'))
  return micros > mostAmount * 1_000_000 ? null : micros
}

/** Micro-units as a person would type them: `5`, `7.50`. */
export function writeAmount(micros: number): string {
  const [whole = '0', part = ''] = (micros / 1_000_000).toFixed(6).split('.')
  const places = part.replace(/0+$/, '')
  return places === '' ? whole : `${whole}.${places.padEnd(2, '0')}`
}
