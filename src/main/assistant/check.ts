import en from '@shared/messages/en.json' with { type: 'json' }
import type { AssistantModel, TestStep } from '@shared/contract'
import { fill, type ProblemValues } from '@shared/problems'
import { remedyOf } from '@shared/remedies'
import { checkIdentity, classify, sayFailure, sdk, serviceUrl, type AwsFailure, type Said } from '../aws'
import type { Clock } from '../ports'
import { ProviderError, type AskedStep } from '../providers'
import { factsOf, partsOf } from './catalog'
import type { ClaudeClients } from './clients'
import { listModels, seedModels } from './models'

type Named<Key> = Key extends `claude.${infer Name}`
  ? Name extends `${string}.remedy`
    ? never
    : Name
  : never
type TestName = Named<keyof typeof en.test>

export interface CheckOptions {
  clients: ClaudeClients
  clock: Clock
  signal: AbortSignal
}

const order = ['identity', 'models', 'model', 'form', 'access', 'runtime'] as const

/**
 * Tests a connection step by step without cost: who signs in, which models there are, which of them will answer, whether
 * Anthropic's form is filled in, whether the account may use the model, and whether the runtime answers. Nothing is
 * ever generated: the runtime is asked to count the tokens of one word. What goes wrong is a step.
 */
export async function* testClaude(options: CheckOptions): AsyncGenerator<AskedStep> {
  try {
    yield* steps(options)
  } catch (error) {
    if (!options.signal.aborted) throw error
  }
}

async function* steps(options: CheckOptions): AsyncGenerator<AskedStep> {
  const { clients, signal } = options
  const { region, signIn } = clients.settings
  const identity = signIn === 'key' ? await checkKey(options) : await checkIdentity({ aws: clients, signal })
  yield identity
  if (identity.state === 'failed') return yield* skip(1)

  const { step: models, list } = await checkModels(options)
  yield models
  if (models.state === 'failed') return yield* skip(2)

  const usual = list.find(({ state }) => state !== 'retired') ?? null
  if (usual === null) {
    yield step('model', 'failed', say('model.retired', { region }))
    return yield* skip(3)
  }
  yield choice(usual)
  yield await checkForm(options)
  yield await checkAccess(options, usual)
  yield await checkRuntime(options, usual)
}

function* skip(from: number): Generator<TestStep> {
  for (const id of order.slice(from)) yield step(id, 'skipped', say('skipped'))
}

/** STS takes no Bedrock API key; the control plane is asked for a list, which any key that is good may at least be refused. */
async function checkKey({ clients, signal }: CheckOptions): Promise<AskedStep> {
  try {
    const { ListFoundationModelsCommand } = await sdk.bedrock()
    const control = await clients.control()
    await control.send(new ListFoundationModelsCommand({ byProvider: 'Anthropic' }), { abortSignal: signal })
    return step('identity', 'ok', say('key.ok'))
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ProviderError)
      return step('identity', 'failed', say('key.unread', { reason: error.message }))
    const failure = classify(error)
    const { kind } = failure
    // A policy that forbids listing names the action; a key that is no good is not told what it lacks.
    if (kind === 'accessDenied' && /not authorized to perform/i.test(failure.message))
      return step('identity', 'ok', say('key.ok'), failure.raw)
    if (kind === 'badCredentials' || kind === 'expiredToken' || kind === 'accessDenied')
      return step('identity', 'failed', say('key.refused'), failure.raw)
    return failure.status === null || kind === 'proxyRefused' || kind === 'proxyHtml'
      ? step('identity', 'failed', sayFailure(failure, controlHost(clients)), failure.raw)
      : step('identity', 'unknown', say('key.unsure'), failure.raw)
  }
}

async function checkModels({
  clients,
  clock,
  signal,
}: CheckOptions): Promise<{ step: TestStep; list: AssistantModel[] }> {
  const { region } = clients.settings
  try {
    const list = await listModels(clients, clock, signal)
    const count = list.filter(({ state }) => state !== 'retired').length
    const said = list.length > 0 ? say('models.some', { region, count }) : say('models.none', { region })
    return { step: step('models', list.length > 0 ? 'ok' : 'failed', said), list }
  } catch (error) {
    signal.throwIfAborted()
    const failure = classify(error)
    if (failure.kind === 'accessDenied') {
      const hidden = step('models', 'unknown', say('models.hidden', { region }), failure.raw)
      return { step: hidden, list: seedModels(region) }
    }
    return {
      step: step('models', 'failed', sayFailure(failure, controlHost(clients)), failure.raw),
      list: [],
    }
  }
}

function choice({ id, label, state, until }: AssistantModel): TestStep {
  const ending = state === 'legacy' && until !== null
  return ending
    ? step('model', 'ok', say('model.ending', { label, date: until }))
    : step('model', 'ok', say('model.usual', { label, model: id }))
}

/** Anthropic wants the use case of an account once, before its first request (Bedrock User Guide, "Access to models"). */
async function checkForm({ clients, signal }: CheckOptions): Promise<TestStep> {
  try {
    const { GetUseCaseForModelAccessCommand } = await sdk.bedrock()
    const control = await clients.control()
    await control.send(new GetUseCaseForModelAccessCommand({}), { abortSignal: signal })
    return step('form', 'ok', say('form.there'))
  } catch (error) {
    signal.throwIfAborted()
    const failure = classify(error)
    return failure.kind === 'notFound'
      ? step('form', 'failed', say('form.missing'), failure.raw)
      : step('form', 'unknown', say('form.hidden'), failure.raw)
  }
}

async function checkAccess({ clients, signal }: CheckOptions, { id }: AssistantModel): Promise<TestStep> {
  const { foundation } = partsOf(id)
  const values = { label: factsOf(foundation).label, region: clients.settings.region }
  try {
    const { GetFoundationModelAvailabilityCommand } = await sdk.bedrock()
    const control = await clients.control()
    const answer = await control.send(new GetFoundationModelAvailabilityCommand({ modelId: foundation }), {
      abortSignal: signal,
    })
    const { status, errorMessage } = answer.agreementAvailability ?? {}
    if (answer.regionAvailability === 'NOT_AVAILABLE')
      return step('access', 'failed', say('access.region', values))
    if (status === 'PENDING') return step('access', 'unknown', say('access.pending', values))
    if (status === 'NOT_AVAILABLE' || status === 'ERROR')
      return step('access', 'failed', say('access.none', values), errorMessage ?? null)
    if (answer.authorizationStatus === 'NOT_AUTHORIZED')
      return step('access', 'failed', say('access.refused', values))
    if (answer.entitlementAvailability === 'NOT_AVAILABLE')
      return step('access', 'failed', say('access.none', values))
    return step('access', 'ok', say('access.granted', values))
  } catch (error) {
    signal.throwIfAborted()
    const failure = classify(error)
    const said =
      failure.kind === 'accessDenied' ? say('access.hidden') : sayFailure(failure, controlHost(clients))
    return step('access', 'unknown', said, failure.raw)
  }
}

/** Counting costs nothing, and goes where questions go. */
async function checkRuntime(
  { clients, signal }: CheckOptions,
  { id, label }: AssistantModel,
): Promise<TestStep> {
  const { host } = new URL(clients.runtimeEndpoint)
  try {
    const { CountTokensCommand } = await sdk.runtime()
    const runtime = await clients.runtime()
    const messages = [{ role: 'user' as const, content: [{ text: 'Hello' }] }]
    const input = { converse: { messages } }
    await runtime.send(new CountTokensCommand({ modelId: partsOf(id).foundation, input }), {
      abortSignal: signal,
    })
    return step('runtime', 'ok', say('runtime.counts', { host }))
  } catch (error) {
    signal.throwIfAborted()
    const failure: AwsFailure = classify(error)
    if (failure.kind === 'validation' || failure.kind === 'notFound')
      return step('runtime', 'ok', say('runtime.answers', { host, label }), failure.raw)
    if (failure.kind === 'accessDenied')
      return step('runtime', 'unknown', say('runtime.denied', { host }), failure.raw)
    return step('runtime', 'failed', sayFailure(failure, host), failure.raw)
  }
}

function controlHost({ settings }: ClaudeClients): string {
  return new URL(settings.bedrockControlEndpoint ?? serviceUrl('bedrock', settings.region)).host
}

function step(id: string, state: TestStep['state'], said: Said, raw: string | null = null): TestStep {
  return { id, state, ...said, raw }
}

function say(name: TestName, values: ProblemValues = {}): Said {
  const key = `claude.${name}` as const
  return { key, message: fill(en.test[key], values), remedy: remedyOf(key, values), values }
}
