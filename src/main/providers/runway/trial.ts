import { z } from 'zod'
import { isPage, rawOf, reasonOf, type Wire, type WireAnswer } from '../../wire'
import { ProviderError, type AskedStep, type ConnectionAccess } from '../types'
import { createClient } from './client'
import { saidBy } from './errors'
import { models, wireModel } from './models'
import { step } from './said'
import { accountOf, checkKey, endpointOf, placeOf, type Account } from './settings'

/** `GET /v1/organization` (github.com/runwayml/openapi, "Get organization information"). */
const Organization = z.object({
  creditBalance: z.number(),
  tier: z.object({
    maxMonthlyCreditSpend: z.number(),
    models: z.record(
      z.string(),
      z.object({ maxConcurrentGenerations: z.number(), maxDailyGenerations: z.number() }),
    ),
  }),
  usage: z
    .object({ models: z.record(z.string(), z.object({ dailyGenerations: z.number() })) })
    .catch({ models: {} }),
})

/** A task that no service has: its id is of the form of one. */
const noTask = '00000000-0000-4000-8000-000000000000'

/** Tries an account without starting anything: it costs nothing. What goes wrong is a step. */
export async function* trial(
  wire: Wire,
  access: ConnectionAccess,
  signal: AbortSignal,
): AsyncGenerator<AskedStep> {
  const { kind } = placeOf(access.settings)
  const later = kind === 'relay' ? ['address'] : ['account']
  const job = { endpoint: endpointOf(access.settings), place: { kind } }
  let account: Account | null
  try {
    account = await accountOf(job, access)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    yield step('key', 'failed', 'key.hidden', { reason: error.detail.message })
    yield* skip(later)
    return
  }
  if (account === null) {
    yield step('key', 'failed', 'key.missing')
    yield* skip(later)
    return
  }
  yield* kind === 'relay' ? relay(wire, account, signal) : official(wire, account, signal)
}

async function* official(wire: Wire, account: Account, signal: AbortSignal): AsyncGenerator<AskedStep> {
  if (checkKey('apiKey', account.key) !== null) {
    yield step('key', 'failed', 'key.form')
    yield* skip(['account'])
    return
  }
  const { answer, trouble } = await asked(wire, account, '/v1/organization', signal)
  if (signal.aborted) return
  if (answer === null) {
    yield step('key', 'unknown', 'key.untried')
    yield { ...trouble, id: 'account' }
    return
  }
  // A network that asks for a sign-in answers 403 with a page of its own.
  if ((answer.status === 401 || answer.status === 403) && !isPage(answer)) {
    yield step('key', 'failed', 'key.refused', {}, rawOf(answer))
    yield* skip(['account'])
    return
  }
  const organization = Organization.safeParse(answer.json)
  if (answer.status !== 200 || !organization.success) {
    yield step('key', 'unknown', 'key.untried')
    yield { ...odd(answer, account), id: 'account' }
    return
  }
  yield step('key', 'ok', 'key.ok')
  const { creditBalance: credits, tier, usage } = organization.data
  const values = {
    credits,
    sum: dollars(credits),
    month: tier.maxMonthlyCreditSpend,
  }
  const standing = credits > 0 ? step('account', 'ok', 'account.ok', values) : null
  yield { ...(standing ?? step('account', 'failed', 'account.empty', values)), standing: true }
  for (const { info } of models.filter(({ info }) => info.servedBy?.in.includes('official'))) {
    yield limits(info.label, wireModel(info.id, null) ?? '', tier, usage)
  }
}

/** How many videos of a model the account may make at a time and in a day. */
function limits(
  model: string,
  wire: string,
  { models }: z.output<typeof Organization>['tier'],
  usage: z.output<typeof Organization>['usage'],
): AskedStep {
  const id = `limits.${wire}`
  const tier = models[wire]
  if (!tier) return step(id, 'unknown', 'limits.none', { model })
  const made = usage.models[wire]?.dailyGenerations ?? 0
  const { maxConcurrentGenerations: together, maxDailyGenerations: daily } = tier
  const values = { model, together, daily, made }
  return made < daily ? step(id, 'ok', 'limits.ok', values) : step(id, 'failed', 'limits.usedUp', values)
}

async function* relay(wire: Wire, account: Account, signal: AbortSignal): AsyncGenerator<AskedStep> {
  const { answer, trouble } = await asked(wire, account, `/runwayml/v1/tasks/${noTask}`, signal)
  if (signal.aborted) return
  if (answer === null || !isThere(answer)) {
    yield { ...(answer === null ? trouble : odd(answer, account)), id: 'address' }
    yield step('key', 'skipped', 'skipped')
    return
  }
  yield step('address', 'ok', 'address.ok', { host: account.name })
  if (answer.status === 401 || answer.status === 403) {
    yield step('key', 'failed', 'key.relayRefused', { reason: saidBy(answer) }, rawOf(answer))
  } else if (answer.status === 429 || answer.status >= 500) {
    yield step('key', 'unknown', 'key.busy', { reason: saidBy(answer) }, rawOf(answer))
  } else {
    yield step('key', 'ok', 'key.relayOk')
  }
}

/** Whether something answered that knows these paths; gateways say "Invalid URL" of those that they do not. */
function isThere(answer: WireAnswer): boolean {
  return answer.json !== undefined && !isPage(answer) && !/invalid url/i.test(answer.body)
}

/** An answer, or the step that says why there is none. */
async function asked(
  wire: Wire,
  account: Account,
  path: string,
  signal: AbortSignal,
): Promise<{ answer: WireAnswer; trouble: null } | { answer: null; trouble: AskedStep }> {
  const { host } = new URL(account.base)
  try {
    return { answer: await createClient(wire, account, signal).ask('GET', path), trouble: null }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const values = { host, reason: reasonOf(error.detail.raw) }
    return { answer: null, trouble: step('address', 'failed', 'unreachable', values) }
  }
}

/** What to say of an answer that is not the service's own, or not one that helps. */
function odd(answer: WireAnswer, { base }: Account): AskedStep {
  const { host } = new URL(base)
  const { status } = answer
  const raw = rawOf(answer)
  if (isPage(answer)) return step('address', 'failed', 'address.page', { host, status }, raw)
  if (status === 429 || status >= 500)
    return step('address', 'unknown', 'address.busy', { host, status }, raw)
  return step('address', 'failed', 'address.other', { host, status }, raw)
}

function* skip(ids: readonly string[]): Generator<AskedStep> {
  for (const id of ids) yield step(id, 'skipped', 'skipped')
}

const dollars = (credits: number) => (credits / 100).toFixed(2)
