import type { ConverseStreamCommandInput } from '@aws-sdk/client-bedrock-runtime'
import type { WireRequest } from '@shared/contract'
import type { Prepared } from './prepare'
import { serviceUrl } from '../aws'
import type { ClaudeSettings } from './settings'

/** The request as ConverseStream takes it (Bedrock API Reference, ConverseStream). What was left alone is not in it. */
export function requestOf({
  model,
  sent,
  messages,
  maxTokens,
  sampling,
}: Pick<Prepared, 'sent' | 'messages' | 'maxTokens' | 'sampling'> & {
  model: { id: string }
}): ConverseStreamCommandInput {
  return {
    modelId: model.id,
    system: [{ text: sent.system }],
    messages,
    inferenceConfig: {
      maxTokens,
      ...(sampling?.temperature === undefined ? {} : { temperature: sampling.temperature }),
      ...(sampling?.topP === undefined ? {} : { topP: sampling.topP }),
    },
  }
}

/** The same as a person may look at it: images as their size, no credentials. */
export function shownRequest(
  request: ConverseStreamCommandInput,
  { region, bedrockEndpoint, signIn }: Pick<ClaudeSettings, 'region' | 'bedrockEndpoint' | 'signIn'>,
): WireRequest {
  const { modelId = '', ...body } = request
  const base = (bedrockEndpoint ?? serviceUrl('bedrock-runtime', region)).replace(/\/$/, '')
  return {
    transport: 'http',
    method: 'POST',
    url: `${base}/model/${encodeURIComponent(modelId)}/converse-stream`,
    headers: {
      'content-type': 'application/json',
      authorization: signIn === 'key' ? 'Bearer ••••' : 'AWS4-HMAC-SHA256 Credential=••••',
    },
    body: JSON.parse(JSON.stringify(body, shorten)) as unknown,
  }
}

/** Bytes are told by their number. */
function shorten(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? `(${value.byteLength} bytes)` : value
}
