import { typesOf } from './claude-service'
import { lumaModelId } from './luma'

/** A model as the control plane lists it. */
export interface CatalogModel {
  modelId: string
  modelName: string
  providerName: string
  inputModalities: string[]
  outputModalities: string[]
  lifecycle: { status: 'ACTIVE' | 'LEGACY'; endOfLifeTime?: string }
  /** Refused by every call as past its end of life. */
  ended?: boolean
  /** Takes StartAsyncInvoke. */
  async: boolean
  /** Scopes of its inference profiles. */
  profiles?: string[]
  /** Can be called by its own id although it has profiles. */
  direct?: boolean
  /** Takes temperature or top_p. */
  sampling?: boolean
  /** Lets an answer be begun for it. */
  prefill?: boolean
  /** CountTokens knows it. */
  counts?: boolean
  /** Most tokens of an answer. */
  maxTokens?: number
}

const lumaRegion = 'us-west-2'

const luma: CatalogModel = {
  modelId: lumaModelId,
  modelName: 'Ray v2',
  providerName: 'Luma AI',
  inputModalities: ['TEXT', 'IMAGE'],
  outputModalities: ['VIDEO'],
  lifecycle: { status: 'ACTIVE' },
  async: true,
}

const claude = (modelId: string, modelName: string, more: Partial<CatalogModel>): CatalogModel => ({
  modelId,
  modelName,
  providerName: 'Anthropic',
  inputModalities: ['TEXT', 'IMAGE'],
  outputModalities: ['TEXT'],
  lifecycle: { status: 'ACTIVE' },
  async: false,
  maxTokens: 64_000,
  ...more,
})

const claudes = [
  claude('anthropic.claude-haiku-4-5-20251001-v1:0', 'Claude Haiku 4.5', {
    profiles: ['us', 'global'],
    sampling: true,
    prefill: true,
    counts: true,
  }),
  // Launched for profiles only, and so not counted.
  claude('anthropic.claude-haiku-5-5', 'Claude Haiku 5.5', {
    profiles: ['us', 'global'],
    maxTokens: 128_000,
  }),
  claude('anthropic.claude-sonnet-5-5', 'Claude Sonnet 5.5', { profiles: ['global'], maxTokens: 128_000 }),
  claude('anthropic.claude-opus-4-1-20250805-v1:0', 'Claude Opus 4.1', {
    profiles: ['us'],
    sampling: true,
    prefill: true,
    counts: true,
    maxTokens: 32_000,
    lifecycle: { status: 'LEGACY', endOfLifeTime: '2027-03-31T00:00:00Z' },
  }),
  claude('anthropic.claude-3-haiku-20240307-v1:0', 'Claude 3 Haiku', {
    ended: true,
    lifecycle: { status: 'LEGACY', endOfLifeTime: '2026-09-10T00:00:00Z' },
  }),
]

const reel = (version: string): CatalogModel => ({
  modelId: `amazon.nova-reel-${version}`,
  modelName: 'Nova Reel',
  providerName: 'Amazon',
  inputModalities: ['TEXT', 'IMAGE'],
  outputModalities: ['VIDEO'],
  lifecycle: { status: 'LEGACY', endOfLifeTime: '2026-09-30T00:00:00Z' },
  ended: true,
  async: true,
})

/** The models a region has: Ray2 is in us-west-2 only (Bedrock User Guide, model card). */
export function catalogOf(region: string): CatalogModel[] {
  return [...(region === lumaRegion ? [luma] : []), ...claudes, reel('v1:0'), reel('v1:1')]
}

/** A model as ListFoundationModels and GetFoundationModel give it. */
export function describeModel(model: CatalogModel, region: string): Record<string, unknown> {
  return {
    modelArn: `arn:aws:bedrock:${region}::foundation-model/${model.modelId}`,
    modelId: model.modelId,
    modelName: model.modelName,
    providerName: model.providerName,
    inputModalities: model.inputModalities,
    outputModalities: model.outputModalities,
    responseStreamingSupported: !model.async,
    customizationsSupported: [],
    inferenceTypesSupported: typesOf(model),
    modelLifecycle: model.lifecycle,
  }
}
