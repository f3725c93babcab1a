import { createHmac } from 'node:crypto'

/** Seconds that a token is good for, and that it reaches back before its making. */
export const tokenLife = { ahead: 1800, back: 5 }

/**
 * The token that stands for an access key and its secret (KlingAI API documentation, "Authentication"): HS256, with `iss`,
 * `exp` and `nbf` and nothing else. `now` is in seconds.
 */
export function tokenOf(accessKey: string, secretKey: string, now: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = part({ alg: 'HS256', typ: 'JWT' })
  const body = part({ iss: accessKey, exp: now + tokenLife.ahead, nbf: now - tokenLife.back })
  const signature = createHmac('sha256', Buffer.from(secretKey, 'utf8')).update(`${head}.${body}`)
  return `${head}.${body}.${signature.digest('base64url')}`
}
