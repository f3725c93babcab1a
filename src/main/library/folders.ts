import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { History } from '../history'
import type { StudioPaths } from '../ports'
import { makeFolder } from './files'
import { inside } from './inside'

const Folder = z.string().min(1).catch('')
const Folders = z.array(z.string().min(1)).catch([])
const mostRemembered = 32

/** The library folder in use and those used before it. */
export interface Folders {
  current(): string
  /** All that may hold videos, the current one first. */
  all(): string[]
  /** Uses another one from now on. */
  use(folder: string): void
  /** Real path of a video in any of them, and the folder it was found in. */
  find(outputPath: string): Promise<{ root: string; path: string } | null>
}

/**
 * Opens the folders. The default one and one named for this run are made; one that was chosen is not, since its drive
 * may only be unplugged.
 */
export function openFolders(settings: History['settings'], paths: StudioPaths): Folders {
  let override = paths.libraryOverride === null ? null : resolve(paths.libraryOverride)
  const chosen = () => Folder.parse(settings.read('library.folder'))
  const current = () => override ?? (chosen() || resolve(paths.defaultLibrary))
  const known = () => Folders.parse(settings.read('library.folders'))
  const remember = (folder: string) => {
    const folders = known()
    if (folders[0] === folder) return
    const rest = folders.filter((other) => other !== folder)
    settings.write('library.folders', [folder, ...rest].slice(0, mostRemembered))
  }

  remember(current())
  if (override !== null || chosen() === '') {
    try {
      makeFolder(current())
    } catch {
      // The status of the library says what is wrong with it.
    }
  }

  return {
    current,
    all: () => [...new Set([current(), ...known()])],
    use(folder) {
      override = null
      settings.write('library.folder', folder)
      remember(folder)
    },
    async find(outputPath) {
      for (const root of this.all()) {
        // A drive that fails holds no video that could be played now.
        const path = await inside(root, outputPath).catch(() => null)
        if (path !== null && (await isFile(path))) return { root, path }
      }
      return null
    },
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
