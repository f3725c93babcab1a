import { cpSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { tempFolder } from '../../support/folder'
import { haiku55, openStudio } from './kit'

test('a crash in the middle of an answer leaves the words that came, and says that it may have been charged', async () => {
  const { aws, client, folder, question } = await openStudio()
  aws.claude.script({ words: ['Slow ', 'dolly'], breaks: { after: 2, kind: 'silence' } })
  const events = await client.assistant.ask(question({ model: haiku55 }))
  const reading = (async () => {
    for await (const event of events) if (event.type === 'ended') return
  })()
  const db = new Database(join(folder, 'data', 'history.db'), { readonly: true })
  const stored = db.prepare<[], string>('SELECT answer FROM exchange').pluck()
  await expect.poll(() => stored.get()).toBe('Slow dolly')
  // The files as they lie on the disk at this moment are all that a killed program leaves.
  const left = tempFolder()
  cpSync(join(folder, 'data'), join(left, 'data'), { recursive: true })
  db.close()

  const again = await openStudio({ folder: left, seed: 2 })
  const { conversations } = await again.client.assistant.conversations.list({})
  const { history } = await again.client.assistant.conversations.get({ id: conversations[0]?.id ?? '' })
  expect(history).toMatchObject([
    {
      state: 'broken',
      answer: 'Slow dolly',
      charged: 'unknown',
      tries: 1,
      error: { key: 'assistant.interrupted' },
    },
  ])
  const [row] = (await again.client.money.usage({})).rows
  expect(row).toMatchObject({ unknown: history[0]?.estimate?.micros, reserved: 0, spent: 0 })
  await events.return?.(undefined)
  await reading
})
