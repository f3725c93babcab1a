import { z } from 'zod'
import type { Clock } from '../../ports'
import { isPage, rawOf, type WireAnswer } from '../../wire'
import { ProviderError, type AskedStep, type ConnectionAccess } from '../types'
import type { At, Client } from './client'
import { envelopeOf, isGood } from './envelope'
import { endpointOf, withPrefix } from './place'
import { KlingSettings } from './settings'
import { stepsOf, type StepName } from '../steps'

type TestName = StepName<'kling'>
const step = stepsOf('kling')

const monthMs = 30 * 86_400_000

/** `GET /account/costs` (KlingAI API documentation, "Account Information Inquiry"): it has a second code inside. */
const Costs = z.object({
  code: z.coerce.number().catch(0),
  msg: z.string().nullish().catch(null),
  resource_pack_subscribe_infos: z
    .array(z.object({ remaining_quantity: z.coerce.number().catch(0), status: z.string().catch('') }))
    .nullish()
    .catch(null),
})

/**
 * Tries a connection without cost: whether the address answers as Kling, whether it takes the key, and what is left on the
 * account. A relay knows no accounts of Kling's; it is asked for its list of tasks.
 */
export async function* testSteps(
  client: Client,
  clock: Clock,
  access: ConnectionAccess,
  signal: AbortSignal,
): AsyncGenerator<AskedStep> {
  const { kind } = KlingSettings.parse(access.settings)
  const endpoint = endpointOf(access.settings)
  const at: At = { root: withPrefix(kind, endpoint), access, signal }
  const { host } = new URL(endpoint)
  const now = clock.now()
  const path =
    kind === 'relay'
      ? '/v1/videos/text2video?pageNum=1&pageSize=1'
      : `/account/costs?start_time=${now - monthMs}&end_time=${now}`
  const rest = kind === 'relay' ? [] : [step('balance', 'skipped', 'skipped')]
  let answer: WireAnswer
  try {
    answer = await client.ask(at, path)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const { message, hint, raw } = error.detail
    const values = { host, reason: hint === null ? message : `${message} ${hint}` }
    yield step('key', 'failed', 'unreached', values, raw ?? null)
    yield* rest
    return
  }
  const raw = rawOf(answer)
  const said = doubtOf(answer, kind)
  if (said !== null) {
    const { message = '' } = envelopeOf(answer) ?? {}
    yield step('key', said.state, said.name, { host, reason: message, status: answer.status }, raw)
    yield* rest
    return
  }
  yield step('key', 'ok', 'accepted', { host })
  if (kind !== 'relay') yield balance(answer)
}

/** Why an answer does not show that the key is good; null where it does. */
function doubtOf(
  answer: WireAnswer,
  kind: KlingSettings['kind'],
): { state: 'failed' | 'unknown'; name: TestName } | null {
  if (isPage(answer)) return { state: 'failed', name: kind === 'relay' ? 'relayPage' : 'page' }
  const envelope = envelopeOf(answer)
  if (isGood(answer)) return null
  const code = envelope?.code ?? 0
  if (code >= 1000 && code <= 1002)
    return { state: 'failed', name: kind === 'relay' ? 'relayRefused' : 'refused' }
  if (code === 1003 || code === 1004) return { state: 'failed', name: 'clock' }
  if (code === 1302 || code === 1303) return { state: 'unknown', name: 'busy' }
  if (code === 1304) return { state: 'failed', name: 'address' }
  if (answer.status === 401) return { state: 'failed', name: kind === 'relay' ? 'relayRefused' : 'refused' }
  // Kling answers 429 for an account without money as well; that has a code of its own.
  if (answer.status === 429 && code === 0) return { state: 'unknown', name: 'busy' }
  // A relay may pass tasks on without having a list of them.
  if (kind === 'relay' && envelope && (answer.status === 404 || answer.status === 405)) {
    return { state: 'unknown', name: 'relayNoList' }
  }
  return { state: 'failed', name: envelope && envelope.message !== '' ? 'other' : 'strange' }
}

/** What the account's resource packs hold; Kling's figures may be half a day old. */
function balance(answer: WireAnswer): AskedStep {
  const costs = Costs.safeParse(envelopeOf(answer)?.data)
  if (!costs.success || costs.data.code !== 0) {
    const reason = costs.success ? (costs.data.msg ?? '') : ''
    return step('balance', 'unknown', 'balanceUnknown', { reason }, rawOf(answer))
  }
  const all = costs.data.resource_pack_subscribe_infos ?? []
  const packs = all.filter(({ status }) => status === 'online')
  const units = packs.reduce((sum, { remaining_quantity }) => sum + remaining_quantity, 0)
  // An account that is billed afterwards needs none.
  if (all.length === 0) return step('balance', 'unknown', 'noPack', {}, rawOf(answer))
  if (units <= 0) return { ...step('balance', 'unknown', 'packEmpty', {}, rawOf(answer)), standing: true }
  return { ...step('balance', 'ok', 'units', { units: Math.round(units * 100) / 100 }), standing: true }
}
