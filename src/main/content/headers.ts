const policy = [
  "default-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "worker-src 'self'",
  // Styles of single elements are set by script, which this does not touch.
  "style-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const always = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
}

/** Headers of the page's own files, its workers included. */
export const pageHeaders = {
  ...always,
  'Content-Security-Policy': policy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  // A name that is only looked up already tells somebody something.
  'X-DNS-Prefetch-Control': 'off',
}

/** Headers of pictures and videos: opened by themselves they may run and load nothing. */
export const mediaHeaders = {
  ...always,
  'Content-Security-Policy':
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
}

/** For addresses that name a version: what they show never changes. */
export const immutable = 'private, max-age=31536000, immutable'
/** For all others: kept, but asked for each time, so that what is gone is noticed. */
export const revalidated = 'private, no-cache'

/** Content-Disposition for a download, with the name in full (RFC 6266) and in ASCII for the rest. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
