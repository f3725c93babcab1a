/** Texts are found by their first characters; shorter ones only where they stand alone. */
const keyLength = 8
/** A text cut off is still a text from this length on. */
const cutLength = 16
const gone = '[text]'

/** Takes what people wrote out of strings. */
export interface Wordless {
  (text: string): string
}

/** Every way in which a text stands in the words of others: as it is, and as JSON writes it, with or without `\u`. */
function formsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1)
  const ascii = json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return [...new Set([text, json, ascii, encodeURIComponent(text.toWellFormed())])]
}

/** Makes what takes these texts out of a string, whole or cut off at their end; one pass, however many there are. */
export function wordless(texts: Iterable<string>): Wordless {
  const long = new Map<string, string[]>()
  const short = new Set<string>()
  for (const text of texts) {
    const trimmed = text.trim()
    if (trimmed === '') continue
    for (const form of formsOf(trimmed)) {
      if (form.length < keyLength) {
        short.add(form)
        continue
      }
      const key = form.slice(0, keyLength)
      const alike = long.get(key)
      if (alike) alike.push(form)
      else long.set(key, [form])
    }
  }

  /** How much of the string from `at` on is one of the texts. */
  const lengthAt = (text: string, at: number): number => {
    let longest = 0
    for (const form of long.get(text.slice(at, at + keyLength)) ?? []) {
      const same = commonLength(text, at, form)
      const counts = same === form.length || same >= cutLength || at + same === text.length
      if (counts && same > longest) longest = same
    }
    return longest
  }

  return (text) => {
    if (short.has(text.trim())) return gone
    let kept = ''
    let from = 0
    for (let at = 0; at + keyLength <= text.length; at += 1) {
      const length = lengthAt(text, at)
      if (length === 0) continue
      kept += text.slice(from, at) + gone
      from = at + length
      at = from - 1
    }
    return from === 0 ? text : kept + text.slice(from)
  }
}

function commonLength(text: string, at: number, form: string): number {
  let same = keyLength
  while (same < form.length && text.charCodeAt(at + same) === form.charCodeAt(same)) same += 1
  return same
}

/** The same value with every string in it changed. */
export function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapStrings(item, change)]))
}
