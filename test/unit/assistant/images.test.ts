import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { haiku, openStudio, readAll, endedWith } from './kit'

/** Colours, so that each image is another file. */
const colours = ['#100', '#200', '#300', '#400', '#500', '#600']

async function openWithImages(count: number) {
  const scene = await openStudio()
  const { default: sharp } = await import('sharp')
  const images = await Promise.all(
    colours.slice(0, count).map(async (background) => {
      const picture = { create: { width: 600, height: 400, channels: 3, background } } as const
      const bytes = new Uint8Array(await sharp(picture).png().toBuffer())
      return scene.studio.assets.import({ name: 'sea.png', bytes })
    }),
  )
  const { client, question, aws } = scene
  let conversationId: string | undefined
  /** Asks in the one conversation, and gives the turns that were sent: `image`, or the text. */
  const ask = async (change: object) => {
    const asked = question({ ...(conversationId === undefined ? {} : { conversationId }), ...change })
    const exchange = endedWith(await readAll(await client.assistant.ask(asked)))
    conversationId = exchange.conversationId
    const sent = aws.claude.answered.at(-1)?.messages.filter(({ role }) => role === 'user') ?? []
    return sent.map(({ content }) => content.map((part) => ('image' in part ? 'image' : part.text)))
  }
  const describeImage = (at: number) =>
    ask({ action: 'describe' as const, prompt: '', imageId: images[at]?.id ?? '' })
  const chat = () => ask({ action: 'chat' as const, words: 'And at dusk?' })
  return { ...scene, images, ask, describeImage, chat, conversationId: () => conversationId ?? '' }
}

test('a talk about an image goes on seeing it, and its tokens are in the estimate', async () => {
  const { client, connection, images, describeImage, chat, conversationId, aws } = await openWithImages(1)
  await describeImage(0)
  const [first, second] = await chat()
  expect(first?.[0]).toBe('image')
  expect(second).toEqual([expect.stringContaining('And at dusk?')])
  const chatAsk = {
    connectionId: connection.id,
    model: haiku,
    action: 'chat',
    words: 'And at dusk?',
  } as const
  const alone = await client.assistant.estimate(chatAsk)
  const within = { ...chatAsk, conversationId: conversationId() }
  const guessed = await client.assistant.estimate(within)
  // 600 × 400 / 750.
  expect(guessed.tokensIn - alone.tokensIn).toBeGreaterThan(320)
  const counted = await client.assistant.estimate({ ...within, exact: true })
  // The simulator counts an image as a thousand.
  expect(counted).toMatchObject({ counted: true })
  expect(counted.tokensIn).toBeGreaterThan(1000)
  expect(aws.claude.answered).toHaveLength(2)
  expect(images).toHaveLength(1)
})

test('an image that is shown again is sent once, where it was shown last', async () => {
  const { describeImage } = await openWithImages(1)
  await describeImage(0)
  const [first, second] = await describeImage(0)
  expect(first).toEqual([expect.stringContaining('further below')])
  expect(second?.[0]).toBe('image')
})

test('of many images the newest go along, the others are named', async () => {
  const { describeImage, chat } = await openWithImages(6)
  for (const at of [0, 1, 2, 3, 4, 5]) await describeImage(at)
  const turns = await chat()
  expect(turns.map(([part]) => part === 'image')).toEqual([false, false, true, true, true, true, false])
  expect(turns[0]?.[0]).toContain('not here any more')
})

test('a conversation whose image is gone from the disk still goes on, and says so to the model', async () => {
  const { studio, images, describeImage, chat } = await openWithImages(1)
  await describeImage(0)
  const path = studio.assets.path(images[0]?.id ?? '')
  expect(path).not.toBeNull()
  rmSync(path ?? '')
  const [first] = await chat()
  expect(first).toEqual([expect.stringContaining('With an image that is not here any more.')])
})
