import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isLink } from './links'
import { kindOf } from './opened'

export interface DesktopArgs {
  dataDir: string | null
  library: string | null
  safeMode: boolean
  /** The window stays out of the way at this start. */
  minimized: boolean
  /** Absolute paths of the files to open. */
  files: string[]
  /** `dailies:` links as they were given, readable or not. */
  links: string[]
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
      minimized: { type: 'boolean' },
    },
  })
  const folder = (value: unknown) => (typeof value === 'string' && value !== '' ? resolve(cwd, value) : null)
  return {
    dataDir: folder(values['data-dir']),
    library: folder(values.library),
    safeMode: values['safe-mode'] === true,
    minimized: values.minimized === true,
    files: positionals.flatMap((path) => (isLink(path) || kindOf(path) === null ? [] : [resolve(cwd, path)])),
    links: positionals.filter(isLink),
  }
}
