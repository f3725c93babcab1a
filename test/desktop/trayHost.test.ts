import { describe, expect, test } from 'vitest'
import { showsTray } from '../../src/main/desktop/trayHost'

describe('whether the desktop shows a tray', () => {
  const answering = (text: string) => () => Promise.resolve(text)

  test('is asked of Linux alone: the others always do', async () => {
    const never = () => Promise.reject(new Error('asked'))
    expect(await showsTray('win32', never)).toBe(true)
    expect(await showsTray('darwin', never)).toBe(true)
  })

  test('is a yes only where a host of status notifiers says so', async () => {
    const asked: string[] = []
    const host = (command: string, args: readonly string[]) => {
      asked.push([command, ...args].join(' '))
      return Promise.resolve('(<true>,)\n')
    }
    expect(await showsTray('linux', host)).toBe(true)
    expect(asked).toEqual([
      'gdbus call --session --dest org.kde.StatusNotifierWatcher --object-path /StatusNotifierWatcher' +
        ' --method org.freedesktop.DBus.Properties.Get' +
        ' org.kde.StatusNotifierWatcher IsStatusNotifierHostRegistered',
    ])
    expect(await showsTray('linux', answering('(<false>,)\n'))).toBe(false)
    expect(await showsTray('linux', answering(''))).toBe(false)
  })

  test('is a no where there is nobody to ask: no watcher, no bus, no gdbus', async () => {
    expect(await showsTray('linux', () => Promise.reject(new Error('ENOENT')))).toBe(false)
  })
})
