import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DataFolderTaken, takeDataFolder } from '../../../src/main/system'
import { tempFolder } from '../../support/folder'

const server = { url: 'http://127.0.0.1:4000', token: 'secret', pid: 1 }

/** Another process that holds the folder as a studio does. */
async function holdElsewhere(folder: string) {
  const child = fork(join(import.meta.dirname, 'hold.mjs'), [join(folder, 'instance.lock')])
  await once(child, 'message')
  return child
}

test('a second studio on the same folder is refused with the address of the first', async () => {
  const folder = tempFolder()
  const first = await takeDataFolder(folder)
  first.announce(server)
  const refused = takeDataFolder(folder)
  await expect(refused).rejects.toThrow(DataFolderTaken)
  await expect(refused).rejects.toThrow('http://127.0.0.1:4000/?token=secret')
  first.release()
  ;(await takeDataFolder(folder)).release()
})

test('server.json is for its owner alone and goes with the studio', async () => {
  const folder = tempFolder()
  const instance = await takeDataFolder(folder)
  instance.announce(server)
  const path = join(folder, 'server.json')
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(server)
  // Windows knows no such bits and shows a file as readable and writable.
  expect(statSync(path).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
  instance.release()
  expect(existsSync(path)).toBe(false)
})

test('a studio that was killed keeps nobody out, and its address is not told any more', async () => {
  const folder = tempFolder()
  const child = await holdElsewhere(folder)
  writeFileSync(join(folder, 'server.json'), JSON.stringify(server))
  await expect(takeDataFolder(folder)).rejects.toThrow('http://127.0.0.1:4000')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const instance = await takeDataFolder(folder)
  expect(existsSync(join(folder, 'server.json'))).toBe(false)
  instance.release()
})

test('one that runs in a window of its own is named so, having no address', async () => {
  const folder = tempFolder()
  const first = await takeDataFolder(folder)
  await expect(takeDataFolder(folder)).rejects.toThrow('in its own window')
  first.release()
})
