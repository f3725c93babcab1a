import { expect, it } from 'vitest'
import { meddle, openTestHistory } from './support'

it('has a default for every setting, and keeps what was set across a restart', async () => {
  const { history, dataDir } = await openTestHistory()
  expect(history.settings.get()).toMatchObject({ theme: 'system', cardSize: 232, sort: 'newest' })
  expect(history.settings.set({ theme: 'dark', cardSize: 300, sort: undefined })).toMatchObject({
    theme: 'dark',
  })
  history.close()
  const again = await openTestHistory(dataDir)
  expect(again.history.settings.get()).toMatchObject({ theme: 'dark', cardSize: 300, sort: 'newest' })
})

it('falls back for the one broken setting, and keeps the others', async () => {
  const { history, dataDir } = await openTestHistory()
  history.settings.set({ theme: 'light', cardSize: 300, notify: false })
  meddle(
    dataDir,
    `UPDATE setting SET value = '99999' WHERE name = 'cardSize';
     UPDATE setting SET value = '{oops' WHERE name = 'notify';
     INSERT INTO setting VALUES ('ofAnotherVersion', '1')`,
  )
  expect(history.settings.get()).toMatchObject({ theme: 'light', cardSize: 232, notify: true })
})

it('refuses a value out of range and changes nothing', async () => {
  const { history } = await openTestHistory()
  expect(() => history.settings.set({ theme: 'dark', cardSize: 3 })).toThrow(/cardSize/)
  expect(history.settings.get()).toMatchObject({ theme: 'system', cardSize: 232 })
})

it('keeps small values by name, and takes a broken one for none', async () => {
  const { history, dataDir } = await openTestHistory()
  expect(history.settings.read('draft')).toBeUndefined()
  history.settings.write('draft', { prompt: '东京' })
  history.settings.write('draft', { prompt: '猫' })
  expect(history.settings.read('draft')).toEqual({ prompt: '猫' })
  meddle(dataDir, `UPDATE memo SET value = '{' WHERE name = 'draft'`)
  expect(history.settings.read('draft')).toBeUndefined()
})
