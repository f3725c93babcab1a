/** Which bytes of a file a request is to get; `end` is the last one. */
export type Wanted = { kind: 'whole' } | { kind: 'part'; start: number; end: number } | { kind: 'none' }

/**
 * Reads a Range header as RFC 9110 has it: one range, open or suffix ones included, is honoured; several at once and
 * everything malformed are as if not asked for; a range without a byte of the file in it is `none` (416).
 */
export function wanted(header: string | null, size: number): Wanted {
  const [, first = '', last = ''] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '') ?? []
  if (first === '' && last === '') return { kind: 'whole' }
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? { kind: 'none' } : { kind: 'part', start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return { kind: 'whole' }
  return start >= size ? { kind: 'none' } : { kind: 'part', start, end }
}

/** Whether an If-None-Match header names this tag; tags compare weakly there. */
export function matches(header: string | null, etag: string): boolean {
  if (header === null) return false
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return header.trim() === '*' || header.split(',').some((tag) => bare(tag) === bare(etag))
}
