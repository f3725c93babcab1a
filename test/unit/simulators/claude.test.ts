import {
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  type BedrockRuntimeClient,
} from '@aws-sdk/client-bedrock-runtime'
import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../support/clock'
import { runtimeOf, simulate } from './clients'

const modelId = 'us.anthropic.claude-haiku-4-5-20251001-v1:0'
const headers = { contentType: 'application/json', accept: 'application/json' }

async function open() {
  const aws = await simulate()
  return { aws, client: runtimeOf(aws) }
}

const body = (change: Record<string, unknown> = {}) =>
  JSON.stringify({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hello' }],
    ...change,
  })

test('InvokeModel takes the Messages body and no other: a missing version or a stranger is refused', async () => {
  const { aws, client } = await open()
  aws.claude.script({ words: ['Good ', 'day'] })
  const answer = await client.send(new InvokeModelCommand({ modelId, body: body(), ...headers }))
  expect(JSON.parse(new TextDecoder().decode(answer.body))).toMatchObject({
    type: 'message',
    content: [{ type: 'text', text: 'Good day' }],
    stop_reason: 'end_turn',
  })
  for (const change of [{ anthropic_version: undefined }, { model: 'x' }, { max_tokens: undefined }]) {
    const wrong = client.send(new InvokeModelCommand({ modelId, body: body(change), ...headers }))
    await expect(wrong).rejects.toMatchObject({ name: 'ValidationException' })
  }
})

test('InvokeModelWithResponseStream gives real frames, and an exception in their middle is thrown by the SDK', async () => {
  const { aws, client } = await open()
  aws.claude.script(
    { words: ['Good ', 'day'] },
    { words: ['Good ', 'day'], breaks: { after: 1, kind: 'exception', name: 'modelStreamErrorException' } },
  )
  const read = async () => {
    const events: { type: string; delta?: { text?: string } }[] = []
    const answer = await client.send(
      new InvokeModelWithResponseStreamCommand({ modelId, body: body(), ...headers }),
    )
    for await (const { chunk } of answer.body ?? [])
      events.push(JSON.parse(new TextDecoder().decode(chunk?.bytes)) as (typeof events)[number])
    return events
  }
  const events = await read()
  expect(events.map(({ delta }) => delta?.text ?? '').join('')).toBe('Good day')
  expect(events.at(0)?.type).toBe('message_start')
  expect(events.at(-1)).toMatchObject({
    type: 'message_stop',
    'amazon-bedrock-invocationMetrics': { outputTokenCount: 2 },
  })
  await expect(read()).rejects.toMatchObject({ name: 'ModelStreamErrorException' })
})

test('Converse refuses what Bedrock refuses: prefill, two kinds of sampling, a picture that is none', async () => {
  const { client } = await open()
  const converse = (change: Partial<ConstructorParameters<typeof ConverseCommand>[0]>) =>
    client.send(
      new ConverseCommand({ modelId, messages: [{ role: 'user', content: [{ text: 'Hello' }] }], ...change }),
    )
  expect((await converse({})).usage?.inputTokens).toBe(2)
  const image = { format: 'png' as const, source: { bytes: new Uint8Array([1, 2, 3]) } }
  for (const change of [
    { inferenceConfig: { temperature: 0.5, topP: 0.5 } },
    { inferenceConfig: { maxTokens: 1_000_000 } },
    { messages: [{ role: 'user' as const, content: [{ image }] }] },
    { messages: [{ role: 'assistant' as const, content: [{ text: 'Hello' }] }] },
    { messages: [{ role: 'user' as const, content: [{ text: ' ' }] }] },
    { modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0' },
    {
      modelId: 'us.anthropic.claude-haiku-5-5',
      inferenceConfig: { temperature: 0.5 },
    },
  ])
    await expect(converse(change)).rejects.toMatchObject({ name: 'ValidationException' })
  await expect(converse({ modelId: 'anthropic.claude-3-haiku-20240307-v1:0' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

const operations = ['Converse', 'ConverseStream', 'InvokeModel', 'InvokeModelWithResponseStream'] as const
type Operation = (typeof operations)[number]

/** Asks one of the four for an answer through the SDK, and reads its words. */
async function words(client: BedrockRuntimeClient, operation: Operation): Promise<string> {
  const messages = [{ role: 'user' as const, content: [{ text: 'Hello' }] }]
  const decoded = (bytes: Uint8Array | undefined) =>
    JSON.parse(new TextDecoder().decode(bytes)) as { delta?: { text?: string }; content: { text: string }[] }
  let text = ''
  switch (operation) {
    case 'Converse': {
      const { output } = await client.send(new ConverseCommand({ modelId, messages }))
      return output?.message?.content?.[0]?.text ?? ''
    }
    case 'InvokeModel': {
      const answer = await client.send(new InvokeModelCommand({ modelId, body: body(), ...headers }))
      return decoded(answer.body).content[0]?.text ?? ''
    }
    case 'ConverseStream': {
      const { stream } = await client.send(new ConverseStreamCommand({ modelId, messages }))
      for await (const event of stream ?? []) text += event.contentBlockDelta?.delta?.text ?? ''
      return text
    }
    case 'InvokeModelWithResponseStream': {
      const command = new InvokeModelWithResponseStreamCommand({ modelId, body: body(), ...headers })
      const answer = await client.send(command)
      for await (const { chunk } of answer.body ?? []) text += decoded(chunk?.bytes).delta?.text ?? ''
      return text
    }
  }
}

test.each(operations)(
  '%s answers by script, and is throttled, late or cut off as it is told',
  async (operation) => {
    const clock = new ManualClock()
    const aws = await simulate({ clock })
    const client = runtimeOf(aws)
    aws.claude.script({ words: ['Good ', 'day'] })
    expect(await words(client, operation)).toBe('Good day')
    aws.faults.add(operation, { kind: 'throttle' })
    await expect(words(client, operation)).rejects.toMatchObject({
      name: 'ThrottlingException',
      $metadata: { httpStatusCode: 429 },
    })
    aws.faults.add(operation, { kind: 'drop' })
    await expect(words(client, operation)).rejects.toMatchObject({ code: 'ECONNRESET' })
    // Nothing that was refused is on the bill.
    expect(aws.claude.answered).toHaveLength(1)
    aws.faults.add(operation, { kind: 'latency', ms: 5000 })
    aws.claude.script({ words: ['Late'] })
    const late = words(client, operation)
    await expect.poll(() => clock.pending).toBe(1)
    expect(aws.claude.answered).toHaveLength(1)
    clock.advance(5000)
    expect(await late).toBe('Late')
  },
)

describe.each(['ConverseStream', 'InvokeModelWithResponseStream'] as const)('%s', (operation) => {
  test.each([
    ['exception', { name: 'ModelStreamErrorException' }],
    ['cut', { code: 'ECONNRESET' }],
    ['garbled', { message: expect.stringMatching(/checksum/i) }],
  ] as const)('breaks off by %s as the SDK knows it', async (kind, error) => {
    const aws = await simulate()
    const name = 'modelStreamErrorException'
    aws.claude.script({ words: ['Good ', 'day'], breaks: { after: 1, kind, name } })
    await expect(words(runtimeOf(aws), operation)).rejects.toMatchObject(error)
    // What was begun is on the bill.
    expect(aws.claude.answered).toHaveLength(1)
  })

  test('waits before its first frame and between its frames as scripted', async () => {
    const clock = new ManualClock()
    const aws = await simulate({ clock })
    aws.claude.script({ words: ['Good ', 'day'], firstMs: 900, frameMs: 300 })
    const reading = words(runtimeOf(aws), operation)
    for (const ms of [900, 300, 300]) {
      await expect.poll(() => clock.pending).toBe(1)
      clock.advance(ms - 1)
      expect(clock.pending).toBe(1)
      clock.advance(1)
    }
    expect(await reading).toBe('Good day')
  })
})
