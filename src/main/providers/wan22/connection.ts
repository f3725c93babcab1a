import type { TestStep } from '@shared/contract'
import type { Clock } from '../../ports'
import { isPage, WireError, type Wire, type WireAnswer } from '../../wire'
import { ProviderError, type ConnectionAccess, type ConnectionKind } from '../types'
import { endpointOf, WanSettings } from './settings'
import { stepsOf } from '../steps'

const step = stepsOf('wan22')

/** Milliseconds that the door of the service may be silent. */
const silenceMs = 20_000
/** Bytes that it may say. */
const maxBytes = 64 * 1024
const headers = { connection: 'close' }

/**
 * An account is one deployment. Its test never calls the function: any such call starts a container and is billed. So
 * it knocks at the service's door, reads what the key says of itself, and says what it did not try.
 */
export function connectionKind(parts: { wire: Wire; clock: Clock }): ConnectionKind {
  return {
    settings: WanSettings,
    secrets: [{ name: 'key', title: 'apiKey', required: true, when: { field: 'auth', in: ['key'] } }],
    sentTo: (_secret, settings) => [{ setting: 'address', url: endpointOf(settings) }],
    docs: 'https://docs.cerebrium.ai/cerebrium/endpoints/inference-api',
    async *test(access, signal) {
      const settings = WanSettings.parse(access.settings)
      yield await reach(settings, parts.wire, signal)
      if (settings.auth === 'none') yield step('key', 'skipped', 'key.none')
      else yield await keyStep(access, endpointOf(settings), parts.clock)
      const { pathname } = new URL(endpointOf(settings))
      yield step('run', 'skipped', 'run', { path: pathname })
    },
  }
}

/** Asks for the root of the host, which belongs to no app, without the key: any answer shows that the way is open. */
async function reach({ address }: WanSettings, wire: Wire, signal: AbortSignal): Promise<TestStep> {
  const { origin, host } = new URL(address)
  let answer: WireAnswer
  try {
    answer = await wire.send({ method: 'GET', url: `${origin}/`, headers, signal, silenceMs, maxBytes })
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof WireError)) throw error
    if (error.trouble === 'tooLarge') return step('reach', 'ok', 'reach.ok', { host })
    const name = error.trouble === 'proxyRefused' ? 'reach.proxy' : 'reach.failed'
    return step('reach', 'failed', name, { host, reason: error.message })
  }
  const { status } = answer
  if (status === 407 || status === 511)
    return step('reach', 'failed', 'reach.proxy', { host, reason: `HTTP ${status}` })
  // Cerebrium's door speaks JSON or plain words; a page may be something on the way.
  if (isPage(answer)) return step('reach', 'unknown', 'reach.page', { host, status })
  return step('reach', 'ok', 'reach.ok', { host })
}

async function keyStep(access: ConnectionAccess, endpoint: string, clock: Clock): Promise<TestStep> {
  let key: string | null
  try {
    key = await access.secret('key', endpoint)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return step('key', 'failed', 'key.locked', { reason: error.message })
  }
  if (key === null || key === '') return step('key', 'failed', 'key.missing')
  const expires = expiryOf(key)
  if (expires === 'no token') return step('key', 'unknown', 'key.strange')
  if (expires === null) return step('key', 'ok', 'key.token')
  const date = new Date(expires).toISOString().slice(0, 10)
  return step(
    'key',
    expires <= clock.now() ? 'failed' : 'ok',
    expires <= clock.now() ? 'key.expired' : 'key.until',
    {
      date,
    },
  )
}

/** When a key ends by its own word (RFC 7519, `exp`), in ms; null where it does not say. Cerebrium's keys are JWTs. */
function expiryOf(key: string): number | null | 'no token' {
  const parts = key.split('.')
  if (parts.length !== 3) return 'no token'
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'))
    if (typeof claims !== 'object' || claims === null) return 'no token'
    const exp: unknown = Reflect.get(claims, 'exp')
    return typeof exp === 'number' && Number.isFinite(exp) && Math.abs(exp) < 8e12 ? exp * 1000 : null
  } catch {
    return 'no token'
  }
}
