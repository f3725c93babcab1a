import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whom the service knows. */
export interface Account {
  /** One key for everything. */
  apiKey: string
  accessKey: string
  secretKey: string
}

/** Why a bearer is not believed, by Kling's code; null for one that is. `now` is in seconds. */
export function doubtOf(authorization: string | undefined, account: Account, now: number): number | null {
  if (authorization === undefined || authorization === '') return 1001
  const [, token] = /^Bearer (\S+)$/.exec(authorization) ?? []
  if (token === undefined) return 1002
  if (token === account.apiKey) return null
  const [head = '', body = '', signature = '', ...more] = token.split('.')
  if (more.length > 0 || signature === '') return 1002
  const right = createHmac('sha256', account.secretKey).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== right.length || !timingSafeEqual(given, right)) return 1002
  const header = read(head)
  const claims = read(body)
  if (header?.['alg'] !== 'HS256' || header['typ'] !== 'JWT') return 1002
  if (claims === null || Object.keys(claims).some((name) => !['iss', 'exp', 'nbf'].includes(name)))
    return 1002
  const { iss, exp, nbf } = claims
  if (iss !== account.accessKey || !Number.isInteger(exp) || !Number.isInteger(nbf)) return 1002
  if (now < Number(nbf)) return 1003
  return now >= Number(exp) ? 1004 : null
}

function read(part: string): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  } catch {
    return null
  }
}
