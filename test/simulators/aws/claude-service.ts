import type { CatalogModel } from './catalog'
import { tokensIn, type Claude, type Script } from './claude'
import { readConverse, readInvoke, readJson, type ClaudeRequest } from './claude-requests'
import { eventFrame, exceptionFrame } from './eventstream'
import { invalid } from './requests'
import type { Call } from './server'
import { json, jsonError, Refused, type Frames, type Reply } from './wire'

export interface ClaudeOptions {
  region: string
  account: string
  models: CatalogModel[]
  claude: Claude
  access: () => 'granted' | 'pending' | 'none'
}

/** The operations on models that write: `/model/{id}/…`. */
export function callModel(call: Call, options: ClaudeOptions): Reply {
  const { claude } = options
  const id = decodeURIComponent(call.path.split('/')[2] ?? '')
  const value = readJson(call.headers['content-type'], call.body)
  if (call.operation === 'CountTokens') return count(id, value, options)
  const model = modelOf(id, options)
  const request = call.operation.startsWith('Converse')
    ? readConverse(id, value, model)
    : readInvoke(id, value, model)
  const script = claude.take(request)
  if (call.operation === 'ConverseStream') return streaming(converseFrames(script, claude))
  if (call.operation === 'InvokeModelWithResponseStream') return streaming(invokeFrames(script, claude))
  if (call.operation === 'InvokeModel') return json(message(script))
  return json({
    output: { message: { role: 'assistant', content: [{ text: script.words.join('') }] } },
    stopReason: script.stopReason,
    usage: usageOf(script.usage),
    metrics: { latencyMs: script.latencyMs },
  })
}

const streaming = (frames: Frames): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/vnd.amazon.eventstream' },
  frames,
})

type Told = ReturnType<Claude['take']>

async function* converseFrames(script: Told, claude: Claude): Frames {
  if (script.firstMs) await claude.wait(script.firstMs)
  yield eventFrame('messageStart', { role: 'assistant' })
  const words = (text: string) => eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text } })
  if (yield* spoken(script, claude, words)) return
  yield eventFrame('contentBlockStop', { contentBlockIndex: 0 })
  yield eventFrame('messageStop', { stopReason: script.stopReason })
  yield eventFrame('metadata', { usage: usageOf(script.usage), metrics: { latencyMs: script.latencyMs } })
}

async function* invokeFrames(script: Told, claude: Claude): Frames {
  const event = (value: unknown) =>
    eventFrame('chunk', { bytes: Buffer.from(JSON.stringify(value)).toString('base64') })
  if (script.firstMs) await claude.wait(script.firstMs)
  const { content: _content, stop_reason: _reason, ...start } = message(script)
  yield event({ type: 'message_start', message: { ...start, content: [] } })
  yield event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } })
  const words = (text: string) =>
    event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })
  if (yield* spoken(script, claude, words)) return
  yield event({ type: 'content_block_stop', index: 0 })
  yield event({
    type: 'message_delta',
    delta: { stop_reason: script.stopReason, stop_sequence: null },
    usage: { output_tokens: script.usage.outputTokens },
  })
  const { inputTokens: inputTokenCount, outputTokens: outputTokenCount } = script.usage
  yield event({
    type: 'message_stop',
    'amazon-bedrock-invocationMetrics': {
      inputTokenCount,
      outputTokenCount,
      invocationLatency: script.latencyMs,
      firstByteLatency: script.latencyMs,
    },
  })
}

/** The words, each as a frame, up to where the script has something happen; true when the stream is over then. */
async function* spoken(
  { words, frameMs = 0, breaks }: Told,
  claude: Claude,
  frame: (text: string) => Buffer,
): AsyncGenerator<Buffer | 'cut', boolean> {
  for (const [at, text] of [...words, null].entries()) {
    if (breaks?.after === at) {
      if (breaks.kind === 'exception')
        yield exceptionFrame(
          breaks.name ?? 'internalServerException',
          breaks.message ?? 'The service failed.',
        )
      if (breaks.kind === 'cut') yield 'cut'
      if (breaks.kind === 'garbled') {
        const wrong = frame('garbled')
        wrong.writeUInt8(wrong.readUInt8(wrong.byteLength - 1) ^ 0xff, wrong.byteLength - 1)
        yield wrong
      }
      if (breaks.kind === 'silence') await new Promise(() => undefined)
      return true
    }
    if (text === null) break
    if (frameMs > 0) await claude.wait(frameMs)
    yield frame(text)
  }
  return false
}

const usageOf = ({ inputTokens, outputTokens }: NonNullable<Script['usage']>) => ({
  inputTokens,
  outputTokens,
  totalTokens: inputTokens + outputTokens,
})

const message = ({ words, stopReason, usage }: Told) => ({
  id: 'msg_bdrk_simulated',
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: words.join('') }],
  stop_reason: stopReason,
  stop_sequence: null,
  usage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
})

/** A foundation model by its own id, or the one behind a profile; refuses as Bedrock does. */
function modelOf(id: string, options: ClaudeOptions): CatalogModel {
  const { models, claude } = options
  const bare = id.replace(/^arn:aws:bedrock:[a-z0-9-]*:\d*:(?:foundation-model|inference-profile)\//, '')
  const profile = models.find(({ modelId, profiles = [] }) =>
    profiles.some((scope) => `${scope}.${modelId}` === bare),
  )
  const model = profile ?? models.find(({ modelId }) => modelId === bare)
  if (!model || !model.outputModalities.includes('TEXT'))
    throw invalid('The provided model identifier is invalid.')
  if (model.ended)
    throw new Refused(
      jsonError(404, 'ResourceNotFoundException', 'This model version has reached the end of its life.'),
    )
  if (!profile && !typesOf(model).includes('ON_DEMAND'))
    throw invalid(
      `Invocation of model ID ${bare} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
    )
  if (options.access() === 'none')
    throw new Refused(
      jsonError(
        403,
        'AccessDeniedException',
        'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.',
      ),
    )
  if (!claude.form)
    throw new Refused(
      jsonError(
        404,
        'ResourceNotFoundException',
        'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model.',
      ),
    )
  return model
}

/** CountTokens knows foundation models alone, and not all of them. */
function count(id: string, value: Record<string, unknown>, options: ClaudeOptions): Reply {
  const model = options.models.find(({ modelId }) => modelId === id)
  if (!model?.counts) throw invalid("The provided model doesn't support counting tokens.")
  const { input } = value
  const converse =
    typeof input === 'object' && input !== null && 'converse' in input ? input.converse : undefined
  if (typeof converse !== 'object' || converse === null)
    throw invalid("Expected exactly one member of 'input'.")
  const request: ClaudeRequest = readConverse(id, converse as Record<string, unknown>, model)
  return json({ inputTokens: tokensIn(request) })
}

/** How a model can be called. */
export const typesOf = ({ profiles, direct = profiles === undefined }: CatalogModel): string[] => [
  ...(direct ? ['ON_DEMAND'] : []),
  ...(profiles === undefined ? [] : ['INFERENCE_PROFILE']),
]

/** ListInferenceProfiles, two to a page so that paging is gone through. */
export function listProfiles({ query }: Call, { models, region, account }: ClaudeOptions): Reply {
  for (const name of query.keys())
    if (!['maxResults', 'nextToken', 'type'].includes(name)) throw invalid(`Unknown parameter '${name}'.`)
  const most = Number(query.get('maxResults') ?? 100)
  if (!Number.isInteger(most) || most < 1 || most > 1000) throw invalid('maxResults must be 1 to 1000')
  const all = models.flatMap(({ modelId, modelName, profiles = [], ended }) =>
    ended
      ? []
      : profiles.map((scope) => ({
          inferenceProfileName: `${scope.toUpperCase()} ${modelName}`,
          inferenceProfileId: `${scope}.${modelId}`,
          inferenceProfileArn: `arn:aws:bedrock:${region}:${account}:inference-profile/${scope}.${modelId}`,
          models: [region, 'us-east-1'].map((one) => ({
            modelArn: `arn:aws:bedrock:${one}::foundation-model/${modelId}`,
          })),
          status: 'ACTIVE',
          type: 'SYSTEM_DEFINED',
        })),
  )
  const from = Number(query.get('nextToken') ?? 0)
  const size = Math.min(most, 2)
  const more = from + size < all.length
  return json({
    inferenceProfileSummaries: all.slice(from, from + size),
    ...(more ? { nextToken: String(from + size) } : {}),
  })
}

/** GetUseCaseForModelAccess: whether the first-use form was filled in. */
export function useCase({ claude }: ClaudeOptions): Reply {
  if (claude.form) return json({ formData: Buffer.from('{}').toString('base64') })
  return jsonError(404, 'ResourceNotFoundException', 'Use case details were not found for this account.')
}
