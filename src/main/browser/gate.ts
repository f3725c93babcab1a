import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether a request may come in: `foreign` is another site's (403), `stranger` does not know the token (401). */
export type Verdict = 'welcome' | 'foreign' | 'stranger'

/** Reads a header of a request by its lower-case name. */
export type Header = (name: string) => string | null | undefined

export interface Gate {
  /** Checks Host, Origin and then the token, in `Authorization: Bearer …` or in the cookie. */
  check(header: Header): Verdict
  /** The same for the printed address: checks Host and Origin, and `token` in place of what the headers hold. */
  checkLogin(header: Header, token: string): Verdict
  /** `Set-Cookie` that lets the page in; it holds for this port and this run only. */
  cookie: string
}

/** The one place that decides who may speak to the browser shell on `port` with `token`. */
export function createGate(port: number, token: string): Gate {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  // A browser leaves the default port out.
  if (port === 80) hosts.add('127.0.0.1').add('localhost')
  // Cookies know no ports, so two studios need two names.
  const cookieName = `dailies_${port}`
  const expected = digest(token)
  const matches = (given: string) => timingSafeEqual(digest(given), expected)

  const foreign = (header: Header): boolean => {
    const host = header('host')?.toLowerCase()
    if (!host || !hosts.has(host)) return true
    const origin = header('origin')
    if (origin !== null && origin !== undefined) return origin.toLowerCase() !== `http://${host}`
    // Pages of other ports count as the same site and send the cookie; requests that name no origin tell it here.
    const site = header('sec-fetch-site')
    const elsewhere = site === 'cross-site' || site === 'same-site'
    return elsewhere && header('sec-fetch-mode') !== 'navigate'
  }

  return {
    cookie: `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict`,
    check(header) {
      if (foreign(header)) return 'foreign'
      const authorization = header('authorization')
      if (authorization) {
        const bearer = /^Bearer +(\S+) *$/i.exec(authorization)?.[1]
        return bearer !== undefined && matches(bearer) ? 'welcome' : 'stranger'
      }
      const cookie = readCookie(header('cookie'), cookieName)
      return cookie !== undefined && matches(cookie) ? 'welcome' : 'stranger'
    },
    checkLogin(header, given) {
      if (foreign(header)) return 'foreign'
      return matches(given) ? 'welcome' : 'stranger'
    },
  }
}

/** Digests are of one length, which the comparison in constant time needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function readCookie(header: string | null | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return undefined
}
