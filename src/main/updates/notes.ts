/** Notes longer than this are cut: they are read in a window, not in a book. */
const longest = 6_000

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/**
 * Release notes as plain text, whatever they came as: GitHub sends HTML. Nothing of it is ever rendered; what is left
 * of a tag is text.
 */
export function plainNotes(notes: string): string {
  const text = notes
    .replace(/\r\n?/g, '\n')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<li\b[^>]*>\s*/gi, '\n• ')
    .replace(/<br\b[^>]*>|<\/(p|div|h[1-6]|ul|ol|pre|tr|blockquote)\s*>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(
      /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return named[name.toLowerCase()] ?? whole
        const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
        return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
      },
    )
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return text.length <= longest ? text : `${text.slice(0, longest).trimEnd()} …`
}
