import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { markStart } from '../../../src/main/system'
import { tempFolder } from '../../support/folder'

const of = (folder: string, asked = false) => markStart(folder, asked).safeMode

it('starts safely after two starts in a row that ended too early, and says that they did', () => {
  const folder = tempFolder()
  expect([of(folder), of(folder), of(folder), of(folder)]).toEqual([null, null, 'crashed', 'crashed'])
})

it('counts in a row only: a start that went well begins anew', () => {
  const folder = tempFolder()
  markStart(folder, false)
  markStart(folder, false).clear()
  expect([of(folder), of(folder), of(folder)]).toEqual([null, null, 'crashed'])
})

it('starts safely when asked to, and the next time as usual', () => {
  const folder = tempFolder()
  const mark = markStart(folder, true)
  expect(mark.safeMode).toBe('asked')
  mark.clear()
  expect(existsSync(join(folder, 'starting.json'))).toBe(false)
  expect(of(folder)).toBeNull()
})

it('starts as usual from a mark that cannot be read, and with a folder that takes none', () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'starting.json'), '{"starts":')
  expect(of(folder)).toBeNull()
  writeFileSync(join(folder, 'file'), '')
  expect(of(join(folder, 'file'))).toBeNull()
})
