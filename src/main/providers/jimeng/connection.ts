import type { TestStep } from '@shared/contract'
import { isPage, reasonOf, type WireAnswer } from '../../wire'
import { ProviderError, type ConnectionAccess, type ConnectionKind } from '../types'
import type { Client } from './client'
import { readVolc, relayReason, relayRefusal, theRelay, volcengine } from './errors'
import { endpointOf, JimengSettings, jimengSecrets, sentTo } from './settings'
import { stepsOf, type StepName } from '../steps'

type TestName = StepName<'jimeng'>
const step = stepsOf('jimeng')

/** A task that no account has: asking for it costs nothing and tells what the keys are good for. */
const nobody = { reqKey: 'jimeng_t2v_v30', taskId: '0' }

/** What an account at Jimeng is made of. Its test asks for a job that cannot be. */
export function connectionKind(client: Pick<Client, 'result' | 'query'>): ConnectionKind {
  return {
    settings: JimengSettings,
    secrets: jimengSecrets,
    sentTo,
    docs: 'https://www.volcengine.com/docs/85621/1995636',
    async *test(access, signal) {
      const settings = JimengSettings.parse(access.settings)
      const endpoint = endpointOf(settings)
      try {
        if (settings.kind === 'relay') {
          yield* relaySteps(await client.query(access, endpoint, 'jimeng:dailies-test', signal), endpoint)
        } else {
          yield* volcSteps(await client.result(access, endpoint, nobody, signal))
        }
      } catch (error) {
        if (signal.aborted) return
        yield* broken(error, access)
      }
    },
  }
}

function* volcSteps(answer: WireAnswer): Generator<TestStep> {
  const said = readVolc(answer, 'poll')
  if (said.kind === 'done') {
    yield step('identity', 'ok', 'identity.ok')
    yield step('access', 'ok', 'access.ok')
    return
  }
  const { code, key } = said.error.detail
  if (code === 'auth' || key === 'wire.page' || key === 'wire.protocol') {
    yield failedWith(said.error, volcengine)
    yield step('access', 'skipped', 'skipped')
    return
  }
  if (code === 'unavailable' || code === 'rate_limited' || code === 'quota') {
    yield step('identity', 'unknown', 'identity.busy', {}, answer.body)
    yield step('access', 'skipped', 'skipped')
    return
  }
  yield step('identity', 'ok', 'identity.ok')
  if (key === 'jimeng.notOpened') yield step('access', 'failed', 'access.closed', {}, answer.body)
  else if (code === 'permission') yield step('access', 'failed', 'access.denied', {}, answer.body)
  else if (code === 'billing') yield step('access', 'failed', 'access.unpaid', {}, answer.body)
  // The keys are good; that there is no such task was all we asked.
  else yield step('access', 'ok', 'access.ok')
}

function* relaySteps(answer: WireAnswer, endpoint: string): Generator<TestStep> {
  const { host } = new URL(endpoint)
  const { status } = answer
  if (isPage(answer) || answer.json === undefined) {
    yield step('identity', 'failed', 'relay.page', { host, status }, answer.body)
    return
  }
  if (status >= 200 && status < 300) {
    yield step('identity', 'ok', 'relay.ok', { host })
    return
  }
  const { code } = relayRefusal(answer, 'poll').detail
  const reason = reasonOf(relayReason(answer))
  if (code === 'auth') yield step('identity', 'failed', 'relay.refused', { host }, answer.body)
  else if (code === 'billing') yield step('identity', 'failed', 'relay.unpaid', { host }, answer.body)
  else if (code === 'unavailable' && (status === 404 || status === 405) && !/task/i.test(reason)) {
    yield step('identity', 'unknown', 'relay.address', { host, status }, answer.body)
  } else if (status >= 500 || status === 429) {
    yield step('identity', 'unknown', 'relay.busy', { host }, answer.body)
  } else if (status === 403) yield step('identity', 'failed', 'relay.denied', { host }, answer.body)
  // It heard the key and knows no such job, as it should.
  else yield step('identity', 'ok', 'relay.ok', { host })
}

function* broken(error: unknown, access: ConnectionAccess): Generator<TestStep> {
  if (!(error instanceof ProviderError)) throw error
  const official = JimengSettings.parse(access.settings).kind === 'official'
  yield failedWith(error, official ? volcengine : theRelay)
  if (official) yield step('access', 'skipped', 'skipped')
}

/** Sentences of failures that are no word on the account itself. */
const failures: Partial<Record<string, TestName>> = {
  'jimeng.accessKey': 'identity.refused',
  'jimeng.signature': 'identity.signature',
  'jimeng.sessionToken': 'identity.token',
  'jimeng.clock': 'identity.clock',
  'jimeng.keysMissing': 'identity.missing',
  'wire.unreachable': 'failed.network',
  'wire.broken': 'failed.network',
  'wire.timeout': 'failed.timeout',
  'wire.proxyRefused': 'failed.proxy',
  'wire.page': 'failed.page',
  'wire.protocol': 'failed.strange',
}

function failedWith({ detail }: ProviderError, service: string): TestStep {
  const { key, message, values = {}, raw = null } = detail
  const name = failures[key] ?? 'identity.secrets'
  return step('identity', 'failed', name, { reason: message, ...values, service }, raw)
}
