import type { FoundationModelLifecycle } from '@aws-sdk/client-bedrock'
import { serviceUrl } from './base'
import { say, sayFailure, step, type CheckOptions, type CheckStep } from './check-said'
import { classify } from './failure'
import { sdk } from './sdk'

/** Whether the region has the model, and for how long (Bedrock API Reference, GetFoundationModel). */
export async function checkModel(options: CheckOptions): Promise<CheckStep> {
  const { aws, modelId, signal, clock } = options
  const { region } = aws.settings
  const values = { model: modelId, region }
  const call = signal ? { abortSignal: signal } : {}
  const living = (lifecycle: FoundationModelLifecycle | undefined) => {
    const end = lifecycle?.endOfLifeTime
    if (end && end.getTime() <= clock.now()) return step('model', 'failed', say('model.ended', values))
    if (lifecycle?.status !== 'LEGACY') return step('model', 'ok', say('model.active', values))
    if (!end) return step('model', 'ok', say('model.legacy', values))
    return step('model', 'ok', say('model.ending', { ...values, date: end.toISOString().slice(0, 10) }))
  }
  try {
    const { GetFoundationModelCommand } = await sdk.bedrock()
    const control = await aws.control()
    const { modelDetails } = await control.send(
      new GetFoundationModelCommand({ modelIdentifier: modelId }),
      call,
    )
    return living(modelDetails?.modelLifecycle)
  } catch (error) {
    signal?.throwIfAborted()
    const failure = classify(error)
    if (failure.kind === 'endOfLife') return step('model', 'failed', say('model.ended', values), failure.raw)
    if (failure.kind === 'notFound' || failure.kind === 'validation') {
      return step('model', 'failed', say('model.missing', values), failure.raw)
    }
    if (failure.kind !== 'accessDenied')
      return step('model', 'failed', sayFailure(failure, hostOf(aws)), failure.raw)
  }
  // Some policies allow the list only.
  try {
    const { ListFoundationModelsCommand } = await sdk.bedrock()
    const control = await aws.control()
    const { modelSummaries = [] } = await control.send(new ListFoundationModelsCommand({}), call)
    const found = modelSummaries.find((one) => one.modelId === modelId)
    return found ? living(found.modelLifecycle) : step('model', 'failed', say('model.missing', values))
  } catch (error) {
    signal?.throwIfAborted()
    const failure = classify(error)
    if (failure.kind === 'accessDenied')
      return step('model', 'unknown', say('model.hidden', values), failure.raw)
    return step('model', 'failed', sayFailure(failure, hostOf(aws)), failure.raw)
  }
}

/**
 * Whether the account may use the model: authorization, entitlement and the agreement of the Marketplace
 * (Bedrock API Reference, GetFoundationModelAvailability).
 */
export async function checkAccess({ aws, modelId, signal }: CheckOptions): Promise<CheckStep> {
  const values = { model: modelId, region: aws.settings.region }
  try {
    const { GetFoundationModelAvailabilityCommand } = await sdk.bedrock()
    const control = await aws.control()
    const answer = await control.send(
      new GetFoundationModelAvailabilityCommand({ modelId }),
      signal ? { abortSignal: signal } : {},
    )
    const { status, errorMessage } = answer.agreementAvailability ?? {}
    if (answer.regionAvailability === 'NOT_AVAILABLE')
      return step('access', 'failed', say('access.region', values))
    // An account that never asked is refused on all counts; the agreement is what it can do something about.
    if (status === 'PENDING') return step('access', 'unknown', say('access.pending', values))
    if (status === 'NOT_AVAILABLE' || status === 'ERROR') {
      return step('access', 'failed', say('access.none', values), errorMessage)
    }
    if (answer.authorizationStatus === 'NOT_AUTHORIZED')
      return step('access', 'failed', say('access.refused', values))
    if (answer.entitlementAvailability === 'NOT_AVAILABLE')
      return step('access', 'failed', say('access.none', values))
    return step('access', 'ok', say('access.granted', values))
  } catch (error) {
    signal?.throwIfAborted()
    const failure = classify(error)
    // A refusal of this question says nothing of the model.
    const said =
      failure.kind === 'accessDenied' ? say('access.hidden', values) : sayFailure(failure, hostOf(aws))
    return step('access', 'unknown', said, failure.raw)
  }
}

function hostOf({ settings }: CheckOptions['aws']): string {
  return new URL(settings.bedrockControlEndpoint ?? serviceUrl('bedrock', settings.region)).host
}
