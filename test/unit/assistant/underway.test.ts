import { describe, expect, test } from 'vitest'
import type { AskEvent, StudioEvent } from '@shared/contract'
import { haiku, haiku55, openStudio, readAll, endedWith } from './kit'

type Scene = Awaited<ReturnType<typeof openStudio>>

/** An answer whose first words have come and whose rest never does; `ended` is how it ends all the same. */
async function underway({ aws, client, question }: Scene) {
  aws.claude.script({ words: ['Slow ', 'dolly'], breaks: { after: 2, kind: 'silence' } })
  const events = await client.assistant.ask(question({ model: haiku55 }))
  const came = Promise.withResolvers<void>()
  const all: AskEvent[] = []
  let text = ''
  const ended = (async () => {
    for await (const event of events) {
      all.push(event)
      if (event.type === 'words') text += event.text
      if (text === 'Slow dolly') came.resolve()
    }
    return endedWith(all)
  })()
  await came.promise
  return { ended }
}

describe('an answer under way ends at once, keeping its words and what it may have cost,', () => {
  const ways: [string, string, (scene: Scene) => Promise<unknown>][] = [
    [
      'when its connection is switched off',
      'assistant.connectionGone',
      ({ client, connection }) => client.connections.update({ id: connection.id, enabled: false }),
    ],
    [
      'when its connection is removed',
      'assistant.connectionGone',
      ({ client, connection }) => client.connections.remove({ id: connection.id }),
    ],
    [
      'when the assistant is switched off',
      'assistant.switchedOff',
      ({ client }) => client.settings.set({ assistant: false }),
    ],
  ]
  test.each(ways)('%s', async (_when, key, act) => {
    const scene = await openStudio()
    const { ended } = await underway(scene)
    await act(scene)
    expect(await ended).toMatchObject({
      state: 'broken',
      answer: 'Slow dolly',
      charged: 'unknown',
      error: { key },
    })
    const [row] = (await scene.client.money.usage({})).rows
    expect(row).toMatchObject({ spent: 0, unknownJobs: 1, reserved: 0 })
  })
})

test('a new name or another limit for the connection does not end what comes through it', async () => {
  const scene = await openStudio()
  const { aws, client, connection, question } = scene
  const hold = aws.faults.hold('ConverseStream', 'after')
  const reading = client.assistant.ask(question({ model: haiku55 })).then(readAll)
  await hold.reached
  await client.connections.update({ id: connection.id, label: 'Renamed', budget: null })
  hold.release()
  expect(endedWith(await reading)).toMatchObject({ state: 'done', connection: 'Renamed' })
})

test('a connection that is switched off while tokens are counted is not asked for words any more', async () => {
  const { aws, client, connection, question } = await openStudio()
  const hold = aws.faults.hold('CountTokens')
  const switchOff = async () => {
    await hold.reached
    await client.connections.update({ id: connection.id, enabled: false })
    hold.release()
  }
  const [asked] = await Promise.allSettled([client.assistant.ask(question({ model: haiku })), switchOff()])
  expect(asked).toMatchObject({ reason: { data: { key: 'connection.disabled' } } })
  expect(aws.count('ConverseStream')).toBe(0)
})

test('a second page is told when an answer ends, and when its conversation is renamed or deleted', async () => {
  const { studio, client, question } = await openStudio()
  const told: StudioEvent[] = []
  studio.events.listen((event) => {
    if (event.type === 'conversation') told.push(event)
  })
  const { conversationId: id } = endedWith(
    await readAll(await client.assistant.ask(question({ model: haiku55 }))),
  )
  const wish = { connectionId: (await client.connections.list()).connections[0]?.id ?? '', model: haiku55 }
  const shots = await readAll(await client.assistant.brief.shots({ ...wish, text: 'A kite.' }))
  const end = shots.at(-1)
  await client.assistant.conversations.rename({ id, title: 'Kites' })
  await client.assistant.conversations.remove({ id })
  const other = end?.type === 'ended' ? end.exchange.conversationId : null
  expect(told).toEqual([id, other, id, id].map((one) => ({ type: 'conversation', id: one })))
})
