import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { videosFolder } from '../../../src/main/system/folders'
import { tempFolder } from '../../support/folder'

function linuxHome(userDirs?: string): string {
  const home = tempFolder()
  if (userDirs !== undefined) {
    mkdirSync(join(home, '.config'))
    writeFileSync(join(home, '.config', 'user-dirs.dirs'), userDirs)
  }
  return home
}

test('on Linux the videos go where the desktop says, in the person’s own language', () => {
  const home = linuxHome('XDG_MUSIC_DIR="$HOME/音乐"\nXDG_VIDEOS_DIR="$HOME/视频"\n')
  expect(videosFolder('linux', home, {})).toBe(join(home, '视频'))
  expect(videosFolder('linux', linuxHome('XDG_VIDEOS_DIR="/mnt/films"\n'), {})).toBe('/mnt/films')
})

test('a desktop that has no folder for videos does not make the home itself the library', () => {
  for (const none of ['XDG_VIDEOS_DIR="$HOME/"\n', 'XDG_VIDEOS_DIR="$HOME"\n', '', undefined]) {
    const home = linuxHome(none)
    expect(videosFolder('linux', home, {})).toBe(join(home, 'Videos'))
  }
})

test('other systems have their own names', () => {
  expect(videosFolder('darwin', '/Users/ada', {})).toBe(join('/Users/ada', 'Movies'))
  expect(videosFolder('win32', '/Users/ada', {})).toBe(join('/Users/ada', 'Videos'))
})
