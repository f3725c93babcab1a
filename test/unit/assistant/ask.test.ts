import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { tokensOf } from '../../simulators/aws'
import { endedWith, haiku, haiku55, openStudio, readAll } from './kit'

describe('an answer', () => {
  test('comes word by word, and is kept with all that is known of it', async () => {
    const { aws, client, question } = await openStudio()
    aws.claude.script({
      words: ['Slow ', 'dolly ', 'in.'],
      usage: { inputTokens: 1000, outputTokens: 200 },
    })
    const events = await readAll(await client.assistant.ask(question({ targets: ['luma-ray2'] })))
    expect(events[0]).toMatchObject({ type: 'begun', exchange: { state: 'streaming', answer: '' } })
    const words = events.flatMap((event) => (event.type === 'words' ? [event.text] : []))
    expect(words.join('')).toBe('Slow dolly in.')
    const exchange = endedWith(events)
    expect(exchange).toMatchObject({
      state: 'done',
      answer: 'Slow dolly in.',
      stopReason: 'end_turn',
      tokensIn: 1000,
      tokensOut: 200,
      tries: 1,
      // Haiku 4.5 through its global profile: 1 and 5 dollars a million.
      cost: { micros: 2000, currency: 'USD' },
      costKind: 'computed',
      charged: 'yes',
      connection: 'Words',
      error: null,
    })
    expect(exchange.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(exchange.firstWordMs).not.toBeNull()
    const { history, ...conversation } = await client.assistant.conversations.get({
      id: exchange.conversationId,
    })
    expect(history).toEqual([exchange])
    expect(conversation).toMatchObject({ title: 'a red kite', exchanges: 1, cost: [{ micros: 2000 }] })
  })

  test('is asked for with the model, the limits and manner of its targets, and a limit of tokens', async () => {
    const { aws, client, question } = await openStudio()
    const asked = question({ targets: ['luma-ray2'], styleId: 'product', sampling: { temperature: 0.4 } })
    const { request } = await client.assistant.preview(asked)
    await readAll(await client.assistant.ask(asked))
    const [sent] = aws.requests('ConverseStream')
    // What is shown beforehand is what is sent, byte for byte.
    expect(JSON.parse(sent?.body ?? '')).toEqual(request.body)
    expect(`${aws.urls.bedrock}${sent?.url ?? ''}`).toBe(request.url)
    const { system, maxTokens, temperature, messages } = aws.claude.answered[0] ?? {
      system: '',
      maxTokens: 0,
      messages: [],
    }
    expect(system).toContain('Luma Ray2: at most 5000 characters')
    expect(system).toContain('Write the prompt in English')
    expect(system).toContain('director of product films')
    expect(maxTokens).toBeGreaterThan(500)
    expect(temperature).toBe(0.4)
    expect(messages.at(-1)?.content).toEqual([
      { text: expect.stringContaining('<prompt>\na red kite\n</prompt>') },
    ])
  })

  test('takes the turns before it along, each once', async () => {
    const { aws, client, question } = await openStudio()
    aws.claude.script({ words: ['A red kite over a bay.'] }, { words: ['Shorter.'] })
    const first = endedWith(await readAll(await client.assistant.ask(question({}))))
    const { conversationId } = first
    const chat = { action: 'chat', words: 'Make it dusk', conversationId } as const
    await readAll(await client.assistant.ask(question(chat)))
    const [, second] = aws.claude.answered
    expect(second?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
    expect(second?.messages[1]?.content).toEqual([{ text: 'A red kite over a bay.' }])
    const list = await client.assistant.conversations.list({})
    expect(list.conversations).toHaveLength(1)
  })

  test('costs what the tokens of its own model cost, through a region a tenth more', async () => {
    const { aws, client, question } = await openStudio()
    const usage = { inputTokens: 1_000, outputTokens: 1_000 }
    aws.claude.script({ words: ['x'], usage }, { words: ['x'], usage })
    const cheap = endedWith(await readAll(await client.assistant.ask(question({ model: haiku55 }))))
    expect(cheap.cost).toEqual({ micros: 600, currency: 'USD' })
    const us = haiku.replace('global.', 'us.')
    const regional = endedWith(await readAll(await client.assistant.ask(question({ model: us }))))
    expect(regional.cost).toEqual({ micros: 6_600, currency: 'USD' })
  })

  test('shows an image as a JPEG that Claude does not have to make smaller', async () => {
    const { aws, studio, client, question } = await openStudio()
    const { default: sharp } = await import('sharp')
    const picture = { create: { width: 3000, height: 1000, channels: 3, background: '#345' } } as const
    const image = await studio.assets.import({
      name: 'sea.png',
      bytes: new Uint8Array(await sharp(picture).png().toBuffer()),
    })
    const asked = question({ action: 'describe' as const, prompt: '', imageId: image.id })
    const exchange = endedWith(await readAll(await client.assistant.ask(asked)))
    expect(exchange).toMatchObject({ state: 'done', imageId: image.id })
    const part = aws.claude.answered[0]?.messages[0]?.content[0]
    if (!part || !('image' in part)) throw new Error('no image was sent')
    expect(part.image.format).toBe('jpeg')
    expect(await sharp(part.image.bytes).metadata()).toMatchObject({ width: 1568, height: 523 })
  })
})

describe('what it costs', () => {
  test('is known beforehand by the service’s own count, and above the ceiling nothing is sent', async () => {
    const { aws, client, question } = await openStudio()
    const counted = await client.assistant.estimate(question({ exact: true }))
    expect(counted).toMatchObject({ counted: true, refused: null, ceiling: { micros: 50_000 } })
    const { cost, tokensIn, maxTokensOut } = counted
    expect(cost?.micros).toBe(tokensIn + 5 * maxTokensOut)
    await client.settings.set({ assistantCeiling: (cost?.micros ?? 0) - 1 })
    expect(await client.assistant.estimate(question({ exact: true }))).toMatchObject({
      refused: 'assistant.ceiling',
    })
    await expect(client.assistant.ask(question({}))).rejects.toMatchObject({
      code: 'conflict',
      data: { key: 'assistant.ceiling', values: { micros: cost?.micros, limit: (cost?.micros ?? 0) - 1 } },
    })
    expect(aws.count('ConverseStream')).toBe(0)
    expect((await client.assistant.conversations.list({})).conversations).toEqual([])
    const approved = { micros: cost?.micros ?? 0, currency: 'USD' }
    const exchange = endedWith(await readAll(await client.assistant.ask(question({ approved }))))
    expect(exchange).toMatchObject({ state: 'done', estimate: cost })
  })

  test('is guessed on the safe side where the service does not count, and it is asked only once', async () => {
    const { aws, client, question } = await openStudio()
    const asked = question({ model: haiku55, prompt: 'a red kite '.repeat(200), exact: true })
    const told = await client.assistant.estimate(asked)
    await client.assistant.estimate(asked)
    expect(told.counted).toBe(false)
    expect(told.tokensIn).toBeGreaterThanOrEqual(tokensOf(asked.prompt))
    expect(aws.count('CountTokens')).toBe(1)
  })

  test('counts in the usage of the month and against the budget, and outlives its conversation', async () => {
    const { aws, client, connection, question } = await openStudio()
    aws.claude.script({ words: ['x'], usage: { inputTokens: 1000, outputTokens: 200 } })
    const exchange = endedWith(await readAll(await client.assistant.ask(question({}))))
    const row = {
      provider: 'claude',
      model: haiku,
      connectionId: connection.id,
      connection: 'Words',
      jobs: 1,
      videos: 0,
      spent: 2000,
      computed: 2000,
      unknown: 0,
      reserved: 0,
    }
    expect((await client.money.usage({})).rows).toMatchObject([row])
    expect((await client.money.csv({})).text).toContain('a red kite')
    await client.assistant.conversations.remove({ id: exchange.conversationId })
    expect((await client.money.usage({})).rows).toMatchObject([row])
    // The words are gone with it.
    expect((await client.money.csv({})).text).not.toContain('a red kite')

    await client.settings.set({ budget: 2_001 })
    await expect(client.assistant.ask(question({}))).rejects.toMatchObject({
      code: 'conflict',
      data: { key: 'money.overBudget' },
    })
    const approved = { micros: 50_000, currency: 'USD', overBudget: true }
    await readAll(await client.assistant.ask(question({ approved })))
  })

  test('of a model without a known price is asked about, since it could be anything', async () => {
    const { aws, client, question } = await openStudio()
    const model = 'us.anthropic.claude-unheard-of-9'
    await expect(client.assistant.ask(question({ model }))).rejects.toMatchObject({
      data: { key: 'assistant.ceilingUnknown' },
    })
    expect(aws.count('ConverseStream')).toBe(0)
  })
})

describe('nothing is sent', () => {
  test('before the person has agreed, not even for a count', async () => {
    const { aws, client, question } = await openStudio({ consent: false })
    await expect(client.assistant.ask(question({}))).rejects.toMatchObject({
      code: 'forbidden',
      data: { key: 'assistant.consent' },
    })
    expect(await client.assistant.estimate(question({ exact: true }))).toMatchObject({ counted: false })
    expect(aws.count('CountTokens') + aws.count('ConverseStream')).toBe(0)
  })

  test('while the assistant is switched off', async () => {
    const { aws, client, question } = await openStudio()
    await client.settings.set({ assistant: false })
    await expect(client.assistant.ask(question({}))).rejects.toMatchObject({
      data: { key: 'assistant.off' },
    })
    expect(aws.count('CountTokens') + aws.count('ConverseStream')).toBe(0)
  })

  test.each([
    ['chat without words', { action: 'chat' }, 'assistant.wordsNeeded'],
    ['improve without a prompt', { prompt: ' ' }, 'assistant.promptNeeded'],
    ['describe without an image', { action: 'describe' }, 'assistant.imageNeeded'],
    ['translate without a language', { action: 'translate' }, 'assistant.languageNeeded'],
    ['fit without a model', { action: 'fit' }, 'assistant.targetNeeded'],
    [
      'sampling to a model that takes none',
      { model: haiku55, sampling: { topP: 0.5 } },
      'assistant.noSampling',
    ],
    ['both kinds of sampling', { sampling: { topP: 0.5, temperature: 1 } }, 'assistant.samplingBoth'],
  ] as const)('for %s', async (_what, change, key) => {
    const { aws, client, question } = await openStudio()
    await expect(client.assistant.ask(question(change))).rejects.toMatchObject({
      code: 'invalid_request',
      data: { issues: [{ key }] },
    })
    expect(aws.count('ConverseStream')).toBe(0)
  })
})

test('words are on the disk while the answer still comes, so that a crash does not lose them', async () => {
  const { aws, client, folder, question } = await openStudio()
  aws.claude.script({ words: ['Slow ', 'dolly'], breaks: { after: 2, kind: 'silence' } })
  const events = await client.assistant.ask(question({}))
  const db = new Database(join(folder, 'data', 'history.db'), { readonly: true })
  const stored = db.prepare<[], { answer: string; state: string }>('SELECT answer, state FROM exchange')
  let came = ''
  for await (const event of events) {
    if (event.type === 'words') came += event.text
    if (came === 'Slow dolly') break
  }
  // Leaving the stream is what the stop button does.
  await expect.poll(() => stored.get()).toEqual({ answer: 'Slow dolly', state: 'stopped' })
  db.close()
})
