/** Takes secrets out of text on its way to a log. */
export interface Redactor {
  /** The same text without its secrets. */
  clean(text: string): string
  /** Hides this very value wherever it occurs from now on. */
  hide(secret: string): void
}

const gone = '[redacted]'
const secretName = String.raw`[\w.-]*(?:secret|passw|token|api[_-]?key|access[_-]?key|credential|cookie|authorization)[\w.-]*`

/** Each finds one way in which a secret stands in text; what it captures in front stays. */
const patterns: RegExp[] = [
  // "apiKey":"…" and "set-cookie":["…"], as JSON and as JSON inside a JSON string.
  new RegExp(String.raw`("${secretName}"\s*:\s*")(?:[^"\\]|\\.)+`, 'gi'),
  new RegExp(String.raw`("${secretName}"\s*:\s*\[\s*")[^\]]+(?="\s*\])`, 'gi'),
  new RegExp(String.raw`(\\"${secretName}\\"\s*:\s*\\")(?:(?!\\").)+`, 'gi'),
  // Header lines, and `name=value` of queries, cookies and forms.
  /(\b(?:authorization|cookie|set-cookie|x-api-key)\s*[:=]\s*)[^"\\\r\n]+/gi,
  new RegExp(String.raw`(\b${secretName}=)[^&\s"'\\;,]+`, 'gi'),
  /([?&](?:X-Amz-(?:Signature|Credential|Security-Token)|sig|signature)=)[^&\s"'\\]+/gi,
  /(\bdailies_\d+=)[^;\s"'\\]+/g,
  // Secrets that show themselves by their shape.
  /(\bBearer\s+)[\w.~+/=-]+/gi,
  /()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /()\bsk-[\w-]{16,}/g,
]

/** Makes the one redactor that every log line passes. */
export function createRedactor(): Redactor {
  const hidden = new Set<string>()
  let longestFirst: string[] = []
  return {
    clean(text) {
      let cleaned = text
      // The longest first: one secret may be part of another.
      for (const secret of longestFirst) cleaned = cleaned.replaceAll(secret, gone)
      for (const pattern of patterns) cleaned = cleaned.replace(pattern, `$1${gone}`)
      return cleaned
    },
    hide(secret) {
      // Anything shorter would blot out ordinary words.
      if (secret.length < 8 || hidden.has(secret)) return
      const escaped = encodeURIComponent(secret.toWellFormed())
      const small = escaped.replace(/%../g, (code) => code.toLowerCase())
      const json = JSON.stringify(secret).slice(1, -1)
      for (const form of [secret, escaped, small, json]) hidden.add(form)
      longestFirst = [...hidden].sort((a, b) => b.length - a.length)
    },
  }
}
