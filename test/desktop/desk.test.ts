import { join } from 'node:path'
import { pino } from 'pino'
import sharp from 'sharp'
import { writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createDesktopDesk } from '../../src/main/desktop/desk'
import { tempFolder } from '../support/folder'
import { BrowserWindow, exposed, ipcRenderer, NativeImage, reset, state } from './electron-double'

vi.mock('electron', () => import('./electron-double'))

beforeEach(() => reset())

function openDesk() {
  const window = new BrowserWindow({ width: 1, height: 1, webPreferences: {} })
  const desk = createDesktopDesk({
    window: () => window as unknown as Electron.BrowserWindow,
    icon: new NativeImage('icon', 1) as unknown as Electron.NativeImage,
    desktop: { tray: true, openAtLogin: false, spelling: 'download' },
    notify: () => undefined,
    updates: { kind: 'off', why: 'source' },
    log: pino({ level: 'silent' }),
  })
  return { window, desk }
}

describe('dragging out', () => {
  test('hands over the real files with a picture that is ready, made of the WebP poster', async () => {
    const poster = join(tempFolder(), 'poster.webp')
    const picture = sharp({ create: { width: 640, height: 360, channels: 3, background: '#c9f04d' } })
    writeFileSync(poster, await picture.webp().toBuffer())
    const { window, desk } = openDesk()
    desk.dragOut?.(['/v/a.mp4', '/v/b.mp4'], poster)
    await vi.waitFor(() => expect(window.webContents.drags).toHaveLength(1))
    const [drag] = window.webContents.drags
    expect(drag).toMatchObject({ file: '/v/a.mp4', files: ['/v/a.mp4', '/v/b.mp4'] })
    expect(drag?.icon.source).toBe('buffer')
    expect(drag?.icon.isEmpty()).toBe(false)
  })

  test.each([
    ['no poster', null],
    ['a poster that is gone', '/nowhere/poster.webp'],
  ])('%s still drags, with the program’s icon', async (_name, poster) => {
    const { window, desk } = openDesk()
    desk.dragOut?.(['/v/a.mp4'], poster)
    await vi.waitFor(() => expect(window.webContents.drags[0]?.icon.source).toBe('icon'))
  })

  test('nothing to drag starts no drag', () => {
    const { window, desk } = openDesk()
    desk.dragOut?.([], null)
    expect(window.webContents.drags).toEqual([])
  })
})

describe('dialogs', () => {
  test('a closed dialog is null, not an empty path', async () => {
    const { desk } = openDesk()
    expect(await desk.dialogs?.pickFolder('/v')).toBeNull()
    expect(await desk.dialogs?.pickVideo('/v')).toBeNull()
    expect(await desk.dialogs?.saveAs('a.mp4')).toBeNull()
  })

  test('saving begins in Downloads and then where the person saved last', async () => {
    const { desk } = openDesk()
    state.dialogAnswer = join('/films', 'b.mp4')
    await desk.dialogs?.saveAs('a.mp4')
    await desk.dialogs?.saveAs('c.mp4')
    expect(state.dialogs.map((options) => options['defaultPath'])).toEqual([
      join('/nowhere/downloads', 'a.mp4'),
      join('/films', 'c.mp4'),
    ])
  })
})

describe('files', () => {
  test('are shown, opened and binned by the system', async () => {
    const { desk } = openDesk()
    await desk.reveal('/v/a.mp4')
    await desk.open('/v/a.mp4')
    expect(await desk.trash('/v/a.mp4')).toBe(true)
    expect(state.opened.map(({ how }) => how)).toEqual(['reveal', 'path', 'trash'])
  })

  test('a file that no program opens is refused with what the system said', async () => {
    state.openPathAnswer = 'No application found'
    await expect(openDesk().desk.open('/v/a.mp4')).rejects.toMatchObject({
      code: 'unavailable',
      key: 'file.notOpened',
    })
  })
})

test('the preload script gives the page the path of a file and the port, and nothing else', async () => {
  const posted: unknown[][] = []
  vi.stubGlobal('window', {
    location: { origin: 'dailies://studio' },
    postMessage: (...args: unknown[]) => void posted.push(args),
  })
  await import('../../src/preload/index')
  expect([...exposed.keys()]).toEqual(['dailies'])
  expect(Object.keys(exposed.get('dailies') ?? {})).toEqual(['pathForFile'])
  expect(exposed.get('dailies')?.['pathForFile']?.(new File([], 'cat.png'))).toBe('/dropped/cat.png')
  const ports = ['the port']
  ipcRenderer.emit('dailies:port', { ports })
  expect(posted).toEqual([[{ type: 'dailies:port' }, 'dailies://studio', ports]])
  vi.unstubAllGlobals()
})
