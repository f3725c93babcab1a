import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * A search path on which Linux’s `gdbus` says whether the desktop shows a tray; the stand-in is written into `folder`.
 * Where the desktop is another one, nobody asks it.
 */
export function trayHostPath(folder: string, shows: boolean): string {
  const bin = join(folder, shows ? 'with-tray' : 'without-tray')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(bin, 'gdbus'), `#!/bin/sh\necho '(<${shows}>,)'\n`, { mode: 0o755 })
  return [bin, process.env['PATH'] ?? ''].join(delimiter)
}
