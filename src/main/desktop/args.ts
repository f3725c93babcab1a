import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isImagePath } from './opened'

export interface DesktopArgs {
  dataDir: string | null
  library: string | null
  safeMode: boolean
  /** Absolute paths of the images to open. */
  images: string[]
}

/**
 * Reads the desktop's command line. Chromium has switches of its own, so what is not known is left to it;
 * `args` comes without the program and, when run from its sources, without their folder.
 */
export function readDesktopArgs(args: readonly string[], cwd: string): DesktopArgs {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      'data-dir': { type: 'string' },
      library: { type: 'string' },
      'safe-mode': { type: 'boolean' },
    },
  })
  const folder = (value: unknown) => (typeof value === 'string' && value !== '' ? resolve(cwd, value) : null)
  return {
    dataDir: folder(values['data-dir']),
    library: folder(values.library),
    safeMode: values['safe-mode'] === true,
    images: positionals.filter(isImagePath).map((path) => resolve(cwd, path)),
  }
}
