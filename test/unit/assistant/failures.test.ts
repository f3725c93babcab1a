import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { hurriedClock } from '../../support/clock'
import { bearer, endedWith, haiku, haiku55, openStudio } from './kit'

/** Counting is not what these are about: haiku 5.5 is not counted. */
const asked = { model: haiku55 }

describe('before the first word', () => {
  test('a throttled question waits, says how long, and comes through without a second charge', async () => {
    const { aws, ask } = await openStudio({ clock: hurriedClock(50) })
    aws.faults.add('ConverseStream', { kind: 'throttle' }, 2)
    const events = await ask(asked)
    const waits = events.flatMap((event) => (event.type === 'waiting' ? [event] : []))
    expect(waits.map(({ why }) => why)).toEqual(['throttled', 'throttled'])
    // Full jitter below one and two seconds.
    expect(waits[0]?.ms).toBeLessThanOrEqual(1000)
    expect(waits[1]?.ms).toBeLessThanOrEqual(2000)
    expect(endedWith(events)).toMatchObject({ state: 'done', tries: 3, charged: 'yes' })
    expect(aws.claude.answered).toHaveLength(1)
  })

  test('a base id that needs a profile, and a form that was never filled in, are named as that', async () => {
    const { aws, answer } = await openStudio()
    const approved = { micros: 1_000_000, currency: 'USD' }
    const base = haiku.replace('global.', '')
    const first = await answer({ model: base, approved })
    expect(first.error).toMatchObject({ key: 'assistant.profileNeeded' })
    aws.claude.form = false
    const second = await answer(asked)
    expect(second.error).toMatchObject({ code: 'permission', key: 'assistant.firstUse' })
  })
})

describe('after the first word', () => {
  test.each([
    ['exception', 'assistant.streamFailed'],
    ['cut', 'assistant.broken'],
    ['end', 'assistant.broken'],
    ['garbled', 'assistant.broken'],
  ] as const)('%s keeps what came, repeats nothing, and is counted as unknown', async (kind, key) => {
    const { aws, client, answer } = await openStudio({ clock: hurriedClock(50) })
    aws.claude.script({
      words: ['Slow ', 'dolly ', 'in'],
      breaks: { after: 2, kind, name: 'throttlingException', message: 'Too many tokens.' },
    })
    const exchange = await answer(asked)
    expect(exchange).toMatchObject({
      state: 'broken',
      answer: 'Slow dolly ',
      charged: 'unknown',
      tries: 1,
      error: { key },
    })
    expect(aws.claude.answered).toHaveLength(1)
    const [row] = (await client.money.usage({})).rows
    expect(row).toMatchObject({ spent: 0, unknown: exchange.estimate?.micros, unknownJobs: 1 })
  })

  test('a broken answer goes on where it ended, and stands in the conversation once and whole', async () => {
    const { aws, ask, answer } = await openStudio({ clock: hurriedClock(50) })
    aws.claude.script(
      { words: ['Slow ', 'dolly'], breaks: { after: 2, kind: 'cut' } },
      { words: [' in.'] },
      { words: ['Yes.'] },
    )
    const broken = await answer(asked)
    const onward = { ...asked, goOnFrom: broken.id }
    const events = await ask(onward)
    expect(events.flatMap((event) => (event.type === 'words' ? [event.text] : []))).toEqual([' in.'])
    const whole = endedWith(events)
    expect(whole).toMatchObject({
      state: 'done',
      answer: 'Slow dolly in.',
      goesOnFrom: broken.id,
      conversationId: broken.conversationId,
      prompt: 'a red kite',
    })
    // The last turn is the person's: newer models refuse an answer that was begun for them.
    expect(aws.claude.answered[1]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
    await expect(ask({ ...asked, goOnFrom: whole.id })).rejects.toMatchObject({
      data: { key: 'assistant.nothingOpen' },
    })
    const { conversationId } = broken
    const chat = { ...asked, action: 'chat', words: 'Good?', conversationId } as const
    await ask(chat)
    const answers = aws.claude.answered[2]?.messages.filter(({ role }) => role === 'assistant')
    expect(answers?.map(({ content }) => content)).toEqual([[{ text: 'Slow dolly in.' }]])
  })

  test('an answer that goes on keeps to the choice of words that it was begun with', async () => {
    const { aws, answer } = await openStudio()
    aws.claude.script({ words: ['Slow ', 'dolly'], breaks: { after: 2, kind: 'cut' } }, { words: [' in.'] })
    const begun = { sampling: { topP: 0.3 } }
    const broken = await answer(begun)
    expect(broken.sampling).toEqual({ topP: 0.3 })
    const whole = await answer({ goOnFrom: broken.id })
    expect(whole).toMatchObject({ state: 'done', sampling: { topP: 0.3 } })
    expect(aws.claude.answered.map(({ topP }) => topP)).toEqual([0.3, 0.3])
    // A model that takes none goes on without.
    aws.claude.script({ words: ['Slow ', 'dolly'], breaks: { after: 2, kind: 'cut' } })
    const again = await answer(begun)
    const onward = { ...asked, goOnFrom: again.id }
    expect(await answer(onward)).toMatchObject({ sampling: null })
    expect(aws.claude.answered[3]).not.toHaveProperty('topP')
  })

  test.each([
    ['content_filtered', 'refused', 'assistant.filtered'],
    ['guardrail_intervened', 'refused', 'assistant.guardrail'],
    ['refusal', 'refused', 'assistant.modelRefused'],
    ['model_context_window_exceeded', 'broken', 'assistant.contextFull'],
    ['max_tokens', 'done', null],
  ] as const)('the model ending with %s is said as it is', async (stopReason, state, key) => {
    const { aws, answer } = await openStudio()
    aws.claude.script({ words: ['Slow'], stopReason })
    const exchange = await answer(asked)
    expect(exchange).toMatchObject({ state, stopReason, answer: 'Slow', charged: 'yes' })
    expect(exchange.error?.key ?? null).toBe(key)
  })
})

describe('who signs in', () => {
  test('a Bedrock API key is sent as bearer and nothing is signed', async () => {
    const { aws, answer } = await openStudio({
      settings: { signIn: 'key' },
      secrets: { bedrockApiKey: bearer },
    })
    const exchange = await answer(asked)
    expect(exchange.state).toBe('done')
    const [sent] = aws.requests('ConverseStream')
    expect(sent?.headers.authorization).toBe(`Bearer ${bearer}`)
    expect(sent?.headers['x-amz-date']).toBeUndefined()
  })

  test.each([
    ['keys', {}],
    ['key', { bedrockApiKey: bearer }],
  ] as const)(
    'a token in the environment does not win over a connection with %s',
    async (signIn, secrets) => {
      vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'ABSKofSomebodyElse')
      onTestFinished(() => void vi.unstubAllEnvs())
      const { answer } = await openStudio({
        settings: { signIn },
        ...(signIn === 'key' ? { secrets } : {}),
      })
      const exchange = await answer(asked)
      expect(exchange).toMatchObject({ state: 'done', error: null })
    },
  )

  test('a key that is no good any more is said, and is in no word of it', async () => {
    const { aws, client, answer } = await openStudio({
      settings: { signIn: 'key' },
      secrets: { bedrockApiKey: bearer },
    })
    aws.faults.add('ConverseStream', {
      kind: 'error',
      status: 403,
      code: 'AccessDeniedException',
      message: `Authentication failed for ${bearer}: make sure your API Key is valid.`,
    })
    const exchange = await answer(asked)
    expect(exchange.error).toMatchObject({ code: 'auth', key: 'assistant.keyRefused' })
    expect(
      JSON.stringify(await client.assistant.conversations.get({ id: exchange.conversationId })),
    ).not.toContain(bearer)
  })
})

test('what was coming when the program ended is found as broken off, with its words', async () => {
  const { aws, studio, client, folder, question } = await openStudio()
  aws.claude.script({ words: ['Slow ', 'dolly'], breaks: { after: 2, kind: 'silence' } })
  const events = await client.assistant.ask(question(asked))
  let came = ''
  const reading = (async () => {
    for await (const event of events) {
      if (event.type === 'words') came += event.text
      if (event.type === 'ended') return event.exchange
    }
    return null
  })()
  await expect.poll(() => came).toBe('Slow dolly')
  await studio.close()
  await reading
  const again = await openStudio({ folder, seed: 2 })
  const { conversations } = await again.client.assistant.conversations.list({ q: 'dolly' })
  const { history } = await again.client.assistant.conversations.get({ id: conversations[0]?.id ?? '' })
  expect(history).toMatchObject([
    { state: 'broken', answer: 'Slow dolly', charged: 'unknown', error: { key: 'assistant.interrupted' } },
  ])
})
