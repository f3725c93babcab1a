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

const claude: CatalogModel = {
  modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0',
  modelName: 'Claude Haiku 4.5',
  providerName: 'Anthropic',
  inputModalities: ['TEXT', 'IMAGE'],
  outputModalities: ['TEXT'],
  lifecycle: { status: 'ACTIVE' },
  async: false,
}

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
  return [...(region === lumaRegion ? [luma] : []), claude, reel('v1:0'), reel('v1:1')]
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
    inferenceTypesSupported: ['ON_DEMAND'],
    modelLifecycle: model.lifecycle,
  }
}
