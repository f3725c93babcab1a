import { describe, expect, test } from 'vitest'
import type { ShotsEvent } from '@shared/contract'
import { pdfOf } from '../../support/pdf'
import { bearer, haiku, haiku55, openStudio, readAll, endedWith, endpoints } from './kit'

describe('the models of an account', () => {
  test('are those that can answer, by profile, with their price, the cheapest first', async () => {
    const { client, connection } = await openStudio()
    const list = await client.assistant.models({ connectionId: connection.id })
    expect(list).toMatchObject({ usual: haiku55, error: null })
    expect(list.models[0]).toMatchObject({
      id: haiku55,
      label: 'Claude Haiku 5.5 · global',
      price: { input: 100_000, output: 500_000, currency: 'USD', date: '2026-10-10' },
      sampling: false,
      images: true,
      state: 'ready',
    })
    const ids = list.models.map(({ id }) => id)
    // Ray2 makes videos, Claude 3 is gone, and a base id that answers nothing is not offered.
    expect(ids.every((id) => /^(global|us)\.anthropic\.claude-/.test(id))).toBe(true)
    expect(list.models.find(({ id }) => id === 'us.anthropic.claude-opus-4-1-20250805-v1:0')).toMatchObject({
      state: 'legacy',
      note: 'retiring',
      until: '2027-03-31',
    })
    expect(ids).toContain(haiku)
  })

  test('are the ones we know where they may not be listed, and why is said', async () => {
    const { aws, client, connection } = await openStudio()
    aws.identities.deny(aws.credential.accessKeyId, 'bedrock:ListFoundationModels')
    const list = await client.assistant.models({ connectionId: connection.id, refresh: true })
    expect(list).toMatchObject({ at: null, usual: haiku55, error: { key: 'assistant.denied' } })
    expect(list.models.length).toBeGreaterThan(5)
  })
})

describe('the test of a connection', () => {
  const steps = async (
    change: Parameters<typeof openStudio>[0],
    meddle?: (s: Awaited<ReturnType<typeof openStudio>>) => void,
  ) => {
    const scene = await openStudio(change)
    meddle?.(scene)
    const { client, connection, aws } = scene
    const draft = { id: connection.id, provider: 'claude', settings: connection.settings }
    const all = await readAll(await client.connections.test(draft))
    expect(aws.claude.answered).toEqual([])
    return all.map(({ id, state, key }) => [id, state, key])
  }

  test('goes from credentials to the runtime without asking for a word', async () => {
    expect(await steps({})).toEqual([
      ['identity', 'ok', 'aws.identity.keys'],
      ['models', 'ok', 'claude.models.some'],
      ['model', 'ok', 'claude.model.usual'],
      ['form', 'ok', 'claude.form.there'],
      ['access', 'ok', 'claude.access.granted'],
      ['runtime', 'ok', 'claude.runtime.answers'],
    ])
  })

  test('names a key that is no good, and asks no further', async () => {
    const settings = { signIn: 'key' }
    const bad = await steps({ settings, secrets: { bedrockApiKey: 'ABSKsomebodyElse' } })
    expect(bad[0]).toEqual(['identity', 'failed', 'claude.key.refused'])
    expect(bad.slice(1).every(([, state]) => state === 'skipped')).toBe(true)
    const good = await steps({ settings, secrets: { bedrockApiKey: bearer } })
    expect(good[0]).toEqual(['identity', 'ok', 'claude.key.ok'])
  })

  test('names a missing form and a missing agreement', async () => {
    const all = await steps({ aws: { bearers: [], behaviour: { access: 'none' } } }, ({ aws }) => {
      aws.claude.form = false
    })
    expect(all).toContainEqual(['form', 'failed', 'claude.form.missing'])
    expect(all).toContainEqual(['access', 'failed', 'claude.access.none'])
  })
})

describe('a brief', () => {
  const list = (prompts: string[]) =>
    JSON.stringify({
      shots: prompts.map((prompt, at) => ({ number: at + 1, prompt, seconds: 5, ratio: '16:9', notes: '' })),
    })
  const last = (events: ShotsEvent[]) => {
    const end = events.at(-1)
    if (end?.type !== 'ended') throw new Error('no end')
    return end.exchange
  }

  test('becomes a list of shots, told as they come', async () => {
    const { aws, client, connection } = await openStudio()
    const text = list(['A kite rises', 'A kite falls'])
    aws.claude.script({ words: text.split(/(?<=\})/) })
    const wish = {
      connectionId: connection.id,
      model: haiku55,
      text: 'A film about a kite.',
      targets: ['luma-ray2'],
    }
    const events = await readAll(await client.assistant.brief.shots(wish))
    const progress = events.flatMap((event) => (event.type === 'progress' ? [event.shots.length] : []))
    expect(progress.at(-1)).toBe(2)
    expect(last(events)).toMatchObject({
      state: 'done',
      action: 'shots',
      shots: [
        { number: 1, prompt: 'A kite rises', seconds: 5, ratio: '16:9' },
        { number: 2, prompt: 'A kite falls' },
      ],
    })
  })

  test('is shown beforehand word for word as it is sent', async () => {
    const { aws, client, connection } = await openStudio()
    aws.claude.script({ words: [list(['A kite rises'])] })
    const wish = {
      connectionId: connection.id,
      model: haiku,
      text: 'A film about a kite.',
      targets: ['luma-ray2'],
      count: 3,
      seconds: 20,
      styleId: 'anime',
      sampling: { temperature: 0.2 },
    }
    const { request } = await client.assistant.previewShots(wish)
    expect(aws.count('ConverseStream') + aws.count('CountTokens')).toBe(0)
    await readAll(await client.assistant.brief.shots(wish))
    const [sent] = aws.requests('ConverseStream')
    expect(JSON.parse(sent?.body ?? '')).toEqual(request.body)
    expect(`${aws.urls.bedrock}${sent?.url ?? ''}`).toBe(request.url)
  })

  test('whose list is unsound is asked for once more with what is wrong, and both answers are paid for', async () => {
    const { aws, client, connection } = await openStudio()
    const usage = { inputTokens: 1000, outputTokens: 1000 }
    const wrong = list(['x'.repeat(900)])
    aws.claude.script({ words: [wrong], usage }, { words: [list(['Short'])], usage })
    const wish = { connectionId: connection.id, model: haiku55, text: 'A kite.', targets: ['jimeng-3'] }
    const events = await readAll(await client.assistant.brief.shots(wish))
    expect(events.map(({ type }) => type)).toContain('repairing')
    expect(last(events)).toMatchObject({
      state: 'done',
      shots: [{ prompt: 'Short' }],
      cost: { micros: 1200 },
      tries: 2,
    })
    const told = aws.claude.answered[1]?.messages.at(-1)?.content[0]
    expect(told).toMatchObject({ text: expect.stringContaining('shots.0.prompt') })
  })

  test('that gets no list even then fails with a sentence, keeping what came', async () => {
    const { aws, client, connection } = await openStudio()
    aws.claude.script({ words: ['I would rather talk.'] }, { words: ['Still talking.'] })
    const wish = { connectionId: connection.id, model: haiku55, text: 'A kite.' }
    const exchange = last(await readAll(await client.assistant.brief.shots(wish)))
    expect(exchange).toMatchObject({ state: 'failed', shots: null, error: { key: 'assistant.shotsUnsound' } })
    expect(exchange.answer).toContain('Still talking.')
    expect(aws.claude.answered).toHaveLength(2)
  })

  test('is read from text, Markdown and PDF, and anything else is refused by name', async () => {
    const { client } = await openStudio()
    const read = (body: string | Uint8Array<ArrayBuffer>, name: string) =>
      client.assistant.brief.read({ file: new Blob([body]), name })
    expect(await read('# A kite\r\n', 'brief.md')).toMatchObject({ kind: 'markdown', text: '# A kite' })
    const pdf = await read(pdfOf('A film about a kite'), 'brief.pdf')
    expect(pdf).toMatchObject({ kind: 'pdf', text: 'A film about a kite', pages: 1 })
    await expect(read('%PDF-1.4 broken', 'x.pdf')).rejects.toMatchObject({ data: { key: 'brief.pdfBroken' } })
    await expect(read(new Uint8Array([0xc3, 0x28]), 'x.txt')).rejects.toMatchObject({
      data: { key: 'brief.encoding' },
    })
    await expect(read('x', 'x.docx')).rejects.toMatchObject({ data: { key: 'brief.kind' } })
    await expect(read(' ', 'x.txt')).rejects.toMatchObject({ data: { key: 'brief.empty' } })
    await expect(read('x'.repeat(200_001), 'x.txt')).rejects.toMatchObject({ data: { key: 'brief.tooLong' } })
  })

  test('is read from a bucket with the keys of the connection, and from none with a Bedrock key', async () => {
    const { aws, client, connection } = await openStudio()
    await aws.store.put(aws.bucket, 'in/brief.md', Buffer.from('A kite.'), {})
    const uri = `s3://${aws.bucket}/in/brief.md`
    const connectionId = connection.id
    expect(await client.assistant.brief.read({ uri, connectionId })).toMatchObject({
      name: 'brief.md',
      kind: 'markdown',
      text: 'A kite.',
    })
    const missing = client.assistant.brief.read({ uri: `${uri}x`, connectionId })
    await expect(missing).rejects.toMatchObject({ data: { key: 'brief.missing' } })
    const key = await client.connections.create({
      provider: 'claude',
      label: 'Key',
      settings: { ...endpoints(aws), signIn: 'key' },
      secrets: { bedrockApiKey: bearer },
      keep: 'session',
    })
    await expect(client.assistant.brief.read({ uri, connectionId: key.id })).rejects.toMatchObject({
      data: { key: 'brief.noKeys' },
    })
  })
})

test('conversations are found by any of their words, page by page, renamed, and given out as Markdown', async () => {
  const { aws, client, question } = await openStudio()
  aws.claude.script({ words: ['风筝在海湾上空'] }, { words: ['A gull.'] })
  const kite = endedWith(await readAll(await client.assistant.ask(question({ model: haiku55 }))))
  await readAll(await client.assistant.ask(question({ model: haiku55, prompt: 'a white gull' })))
  const { conversations } = client.assistant
  const page = await conversations.list({ limit: 1 })
  expect(page.conversations.map(({ title }) => title)).toEqual(['a white gull'])
  const next = await conversations.list({ limit: 1, cursor: page.nextCursor ?? '' })
  expect(next).toMatchObject({ conversations: [{ title: 'a red kite' }], nextCursor: null })
  expect((await conversations.list({ q: '海湾' })).conversations).toHaveLength(1)
  const id = kite.conversationId
  await conversations.rename({ id, title: 'Opening scene' })
  expect((await conversations.list({ q: 'opening' })).conversations).toMatchObject([{ id }])
  const { name, text } = await conversations.export({ id })
  expect(name).toBe('Opening-scene.md')
  expect(text).toContain('风筝在海湾上空')
  await conversations.remove({ id })
  await expect(conversations.get({ id })).rejects.toMatchObject({
    code: 'not_found',
    data: { key: 'assistant.conversationGone' },
  })
})

test('styles of one’s own stand beside the ones that are there, and are used', async () => {
  const { aws, client, question } = await openStudio()
  const style = await client.assistant.styles.save({ name: 'Noir', system: 'Hard shadows only.' })
  const { styles } = await client.assistant.styles.list()
  expect(styles.map(({ name }) => name)).toEqual(['Cinematic', 'Product', 'Anime', 'Noir'])
  await readAll(await client.assistant.ask(question({ model: haiku55, styleId: style.id })))
  expect(aws.claude.answered[0]?.system).toContain('Hard shadows only.')
  await client.assistant.styles.remove({ id: style.id })
  const gone = client.assistant.ask(question({ model: haiku55, styleId: style.id }))
  await expect(gone).rejects.toMatchObject({ data: { key: 'assistant.styleGone' } })
})

test('half a character in a model’s id is refused where it stands, and breaks no address', async () => {
  const { client } = await openStudio()
  await expect(
    client.assistant.preview({ model: 'claude-\ud800', action: 'improve', prompt: 'a cat' }),
  ).rejects.toMatchObject({ code: 'invalid_request', data: { issues: [{ path: ['model'] }] } })
})
