/** Anything shorter would blot out ordinary words. */
const shortest = 8
const gone = '[redacted]'

/** The secrets that passed through the program, so that none of them is repeated in words of others. */
export interface Veil {
  /** Keeps this very value out of every text from now on. */
  hide: (secret: string) => void
  /** The same text without them, as they are and as they stand in addresses. */
  clean: (text: string) => string
}

/** `tell` hears of each secret too: the log's redactor. */
export function createVeil(tell: (secret: string) => void): Veil {
  const hidden = new Set<string>()
  return {
    hide(secret) {
      tell(secret)
      if (secret.length < shortest) return
      const escaped = encodeURIComponent(secret.toWellFormed())
      const small = escaped.replace(/%../g, (code) => code.toLowerCase())
      for (const form of [secret, escaped, small]) hidden.add(form)
    },
    clean(text) {
      let cleaned = text
      // The longest first: one secret may be part of another.
      for (const form of [...hidden].toSorted((a, b) => b.length - a.length)) {
        cleaned = cleaned.replaceAll(form, gone)
      }
      return cleaned
    },
  }
}
