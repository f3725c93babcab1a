import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', '..', 'node_modules', 'electron')

/** Path of the packed program that is tested in place of the built one (`npm run test:package`), or null. */
export const packed = process.env['DAILIES_PACKED'] ?? null

/**
 * Path of the program to start: the packed one, or Electron's own, as the package `electron` finds it; null where that was
 * never downloaded. Throws where the packed one is not there: it was asked for.
 */
export function findElectron(): string | null {
  if (packed !== null && !existsSync(packed)) throw new Error(`${packed} is not there.`)
  if (packed !== null) return packed
  const told = join(folder, 'path.txt')
  const name = existsSync(told) ? readFileSync(told, 'utf8').trim() : usualName()
  const path = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name)
  return existsSync(path) ? path : null
}

function usualName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}
