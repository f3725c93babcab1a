import type { CatalogModel } from './catalog'
import { isRecord } from './luma'
import { invalid } from './requests'
import { jsonError, Refused } from './wire'

// The shapes of Converse (Bedrock API Reference, Converse, ContentBlock, InferenceConfiguration) and of the Anthropic
// Messages body (Bedrock User Guide, "Anthropic Claude Messages API"), with the refusals that the service gives.

export type Part = { text: string } | { image: { format: string; bytes: Buffer } }

/** A request of either shape, read. */
export interface ClaudeRequest {
  modelId: string
  system: string
  messages: { role: 'user' | 'assistant'; content: Part[] }[]
  maxTokens: number
  temperature?: number
  topP?: number
}

/** What a model takes. */
export type Traits = Pick<CatalogModel, 'sampling' | 'maxTokens' | 'prefill'>

export function readJson(contentType: string | undefined, body: Buffer): Record<string, unknown> {
  if (contentType?.split(';')[0]?.trim() !== 'application/json')
    throw new Refused(jsonError(415, 'UnsupportedMediaTypeException', 'Expected application/json.'))
  let value: unknown
  try {
    value = JSON.parse(body.toString())
  } catch {
    throw new Refused(jsonError(400, 'SerializationException', 'The request body is not JSON.'))
  }
  if (!isRecord(value)) throw new Refused(jsonError(400, 'SerializationException', 'Expected a structure.'))
  return value
}

const converseMembers = [
  'messages',
  'system',
  'inferenceConfig',
  'toolConfig',
  'guardrailConfig',
  'additionalModelRequestFields',
  'additionalModelResponseFieldPaths',
  'requestMetadata',
  'performanceConfig',
  'promptVariables',
  'serviceTier',
  'outputConfig',
]

/** Reads the body of Converse or ConverseStream; throws the refusal that Bedrock would answer. */
export function readConverse(modelId: string, value: Record<string, unknown>, traits: Traits): ClaudeRequest {
  members(value, converseMembers, '')
  const config = record(value['inferenceConfig'] ?? {}, 'inferenceConfig')
  members(config, ['maxTokens', 'temperature', 'topP', 'stopSequences'], 'inferenceConfig.')
  const system = list(value['system'] ?? [], 'system').map((block, at) => {
    const part = record(block, `system.${at}`)
    members(part, ['text', 'guardContent', 'cachePoint'], `system.${at}.`)
    return text(part['text'], `system.${at}.text`)
  })
  const request: ClaudeRequest = {
    modelId,
    system: system.join('\n'),
    messages: list(value['messages'], 'messages').map(converseMessage),
    maxTokens: whole(config['maxTokens'] ?? traits.maxTokens ?? 4096, 'inferenceConfig.maxTokens'),
    ...fraction(config, 'temperature'),
    ...fraction(config, 'topP'),
  }
  return checked(request, traits)
}

function converseMessage(value: unknown, at: number): ClaudeRequest['messages'][number] {
  const where = `messages.${at}`
  const message = record(value, where)
  members(message, ['role', 'content'], `${where}.`)
  const content = list(message['content'], `${where}.content`).map((block, index): Part => {
    const here = `${where}.content.${index}`
    const part = record(block, here)
    members(part, ['text', 'image', 'document', 'toolUse', 'toolResult', 'cachePoint'], `${here}.`)
    if (part['text'] !== undefined) return { text: text(part['text'], `${here}.text`) }
    const image = record(part['image'], `${here}.image`)
    members(image, ['format', 'source'], `${here}.image.`)
    const source = record(image['source'], `${here}.image.source`)
    members(source, ['bytes', 's3Location'], `${here}.image.source.`)
    return picture(String(image['format']), source['bytes'])
  })
  return { role: role(message['role'], where), content }
}

/** Reads the body of InvokeModel; throws the refusal that Bedrock would answer. */
export function readInvoke(modelId: string, value: Record<string, unknown>, traits: Traits): ClaudeRequest {
  const known = [
    'anthropic_version',
    'anthropic_beta',
    'max_tokens',
    'messages',
    'system',
    'temperature',
    'top_p',
  ]
  const more = ['top_k', 'stop_sequences', 'tools', 'tool_choice', 'thinking', 'output_config', 'metadata']
  for (const name of Object.keys(value))
    if (![...known, ...more].includes(name)) throw malformed(`#: extraneous key [${name}] is not permitted`)
  for (const name of ['anthropic_version', 'max_tokens', 'messages'])
    if (value[name] === undefined) throw malformed(`#: required key [${name}] not found`)
  if (value['anthropic_version'] !== 'bedrock-2023-05-31') throw invalid('Invalid API version')
  const messages = list(value['messages'], 'messages').map((one, at) => {
    const message = record(one, `messages.${at}`)
    const { content } = message
    const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : list(content, 'content')
    return { role: role(message['role'], `messages.${at}`), content: parts.map((part) => block(part, at)) }
  })
  return checked(
    {
      modelId,
      system: value['system'] === undefined ? '' : text(value['system'], 'system'),
      messages,
      maxTokens: whole(value['max_tokens'], 'max_tokens'),
      ...fraction(value, 'temperature'),
      ...(value['top_p'] === undefined ? {} : { topP: Number(value['top_p']) }),
    },
    traits,
  )
}

function block(value: unknown, at: number): Part {
  const part = record(value, `messages.${at}.content`)
  if (part['type'] === 'text') return { text: text(part['text'], `messages.${at}.content.text`) }
  if (part['type'] !== 'image')
    throw invalid(`messages.${at}.content.0.type: Input should be 'text' or 'image'`)
  const source = record(part['source'], 'source')
  return picture(String(source['media_type']).replace('image/', ''), source['data'])
}

/** What the model itself refuses, whatever the shape it came in. */
function checked(
  request: ClaudeRequest,
  { sampling, maxTokens = 64_000, prefill = false }: Traits,
): ClaudeRequest {
  const { messages, temperature, topP } = request
  if (messages.length === 0)
    throw invalid(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    )
  messages.forEach(({ role, content }, at) => {
    if (content.length === 0)
      throw invalid(
        `The content field in the Message object at messages.${at} is empty. Add a ContentBlock object to the content field and try again.`,
      )
    if (at === 0 && role !== 'user')
      throw invalid(
        'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
      )
    if (at > 0 && messages[at - 1]?.role === role)
      throw invalid(
        `messages: roles must alternate between "user" and "assistant", but found multiple "${role}" roles in a row`,
      )
    const last = content.at(-1)
    if (role === 'assistant' && last && 'text' in last && /\s$/.test(last.text) && at === messages.length - 1)
      throw invalid('messages: final assistant content cannot end with trailing whitespace')
  })
  if (messages.at(-1)?.role === 'assistant' && !prefill)
    throw invalid(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    )
  if (sampling !== true && temperature !== undefined)
    throw invalid('`temperature` is deprecated for this model.')
  if (sampling !== true && topP !== undefined) throw invalid('`top_p` is deprecated for this model.')
  if (temperature !== undefined && topP !== undefined)
    throw invalid('`temperature` and `top_p` cannot both be specified for this model. Please use only one.')
  if (request.maxTokens < 1 || request.maxTokens > maxTokens)
    throw invalid(
      `The maximum tokens you requested exceeds the model limit of ${maxTokens}. Try again with a maximum tokens value that is lower than ${maxTokens}.`,
    )
  return request
}

const magic: Record<string, string> = { png: '89504e47', jpeg: 'ffd8ff', gif: '47494638', webp: '52494646' }

function picture(format: string, data: unknown): Part {
  const start = magic[format]
  if (start === undefined) throw invalid(`Image format ${format} is not supported.`)
  const bytes = Buffer.from(typeof data === 'string' ? data : '', 'base64')
  if (bytes.byteLength === 0) throw invalid('The image is empty.')
  if (bytes.byteLength > 3.75 * 1024 * 1024)
    throw invalid('The model returned the following errors: image exceeds 5 MB maximum')
  if (!bytes.toString('hex').startsWith(start))
    throw invalid(
      `The model returned the following errors: Image does not match the provided media type image/${format}`,
    )
  return { image: { format, bytes } }
}

const malformed = (message: string) =>
  invalid(`Malformed input request: ${message}, please reformat your input and try again.`)

function members(value: Record<string, unknown>, known: string[], at: string): void {
  for (const name of Object.keys(value))
    if (!known.includes(name)) throw invalid(`Unknown member '${at}${name}'.`)
}

function record(value: unknown, at: string): Record<string, unknown> {
  if (!isRecord(value)) throw invalid(`'${at}' must be a structure.`)
  return value
}

function list(value: unknown, at: string): unknown[] {
  if (!Array.isArray(value)) throw invalid(`'${at}' must be a list.`)
  return value as unknown[]
}

function text(value: unknown, at: string): string {
  if (typeof value !== 'string') throw invalid(`'${at}' must be a string.`)
  if (value.trim() === '')
    throw invalid(
      `The text field in the ContentBlock object at ${at.replace(/\.text$/, '')} is blank. Add text to the text field, and try again.`,
    )
  return value
}

function role(value: unknown, at: string): 'user' | 'assistant' {
  if (value === 'user' || value === 'assistant') return value
  throw invalid(
    `Value '${String(value)}' at '${at}.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant]`,
  )
}

function whole(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw invalid(`'${at}' must be an integer.`)
  return value
}

function fraction<N extends 'temperature' | 'topP'>(
  config: Record<string, unknown>,
  name: N,
): { [K in N]?: number } {
  const value = config[name]
  if (value === undefined) return {}
  if (typeof value !== 'number' || value < 0 || value > 1) throw invalid(`'${name}' must be between 0 and 1.`)
  return { [name]: value } as { [K in N]?: number }
}
