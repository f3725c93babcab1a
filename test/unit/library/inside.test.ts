import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inside, staysInside, under } from '../../../src/main/library'
import { tempFolder } from '../../support/folder'

const hostile = [
  '',
  '.',
  '..',
  '../x.mp4',
  'a/../../x.mp4',
  'a/./x.mp4',
  'a//x.mp4',
  'a/',
  '/etc/passwd',
  '//server/share/x',
  String.raw`..\x.mp4`,
  String.raw`a\..\..\x.mp4`,
  String.raw`\\server\share\x`,
  'C:/Windows/win.ini',
  'C:x.mp4',
  'x.mp4:hidden',
  'x.mp4::$DATA',
  'x\0.mp4',
  'x\n.mp4',
  'NUL',
  'nul.mp4',
  'a/CON/x.mp4',
  'com1.mp4',
  'LPT¹.txt',
  'x.mp4.',
  'x.mp4 ',
  'a./x.mp4',
]

describe('a path below a root', () => {
  test.each(hostile)('is refused when it could leave the root or name a device: %j', (path) => {
    expect(staysInside(path)).toBe(false)
    expect(under('/library', path)).toBeNull()
  })

  test.each([
    'x.mp4',
    '2026-11/x.mp4',
    '2026-11/a b 奔跑的猫 🐈.mp4',
    '..x/x.mp4',
    'x..mp4',
    '%2e%2e/x.mp4',
    'console.mp4',
  ])('is taken although it looks like a refused one: %j', (path) => {
    expect(staysInside(path)).toBe(true)
  })

  test('is found as the real file', async () => {
    const root = tempFolder()
    mkdirSync(join(root, 'a'))
    writeFileSync(join(root, 'a', 'x.mp4'), '')
    expect(await inside(root, 'a/x.mp4')).toBe(join(realpathSync(root), 'a', 'x.mp4'))
  })

  test('is refused when a link on the way leads out', async () => {
    const [root, outside] = [tempFolder(), tempFolder()]
    writeFileSync(join(outside, 'secret.mp4'), '')
    symlinkSync(outside, join(root, 'folder'))
    symlinkSync(join(outside, 'secret.mp4'), join(root, 'file.mp4'))
    expect(await inside(root, 'folder/secret.mp4')).toBeNull()
    expect(await inside(root, 'file.mp4')).toBeNull()
  })

  test('is not fooled by a neighbour whose name begins like the root', async () => {
    const parent = tempFolder()
    mkdirSync(join(parent, 'lib'))
    mkdirSync(join(parent, 'library'))
    writeFileSync(join(parent, 'library', 'x.mp4'), '')
    symlinkSync(join(parent, 'library', 'x.mp4'), join(parent, 'lib', 'x.mp4'))
    expect(await inside(join(parent, 'lib'), 'x.mp4')).toBeNull()
  })

  test('may lie in a root that is itself a link', async () => {
    const parent = tempFolder()
    mkdirSync(join(parent, 'real'))
    writeFileSync(join(parent, 'real', 'x.mp4'), '')
    symlinkSync(join(parent, 'real'), join(parent, 'root'))
    expect(await inside(join(parent, 'root'), 'x.mp4')).toBe(join(realpathSync(parent), 'real', 'x.mp4'))
  })

  test('answers null instead of failing for what is not there', async () => {
    const root = tempFolder()
    symlinkSync('loop', join(root, 'loop'))
    writeFileSync(join(root, 'x'), '')
    expect(await inside(root, 'none.mp4')).toBeNull()
    expect(await inside(root, 'x/none.mp4')).toBeNull()
    expect(await inside(root, 'loop')).toBeNull()
    expect(await inside(root, `${'x'.repeat(300)}.mp4`)).toBeNull()
    expect(await inside(join(root, 'gone'), 'x.mp4')).toBeNull()
  })
})
