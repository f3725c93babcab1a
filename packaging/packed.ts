import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** How electron-builder names the folder of an unpacked package, and where the program lies in it. */
const programs: Partial<Record<NodeJS.Platform, [folder: string, program: string]>> = {
  darwin: ['mac', join('Dailies.app', 'Contents', 'MacOS', 'Dailies')],
  win32: ['win', 'Dailies.exe'],
  linux: ['linux', 'dailies'],
}

/**
 * Path of the program that electron-builder left unpacked in `folder` (`mac-arm64`, `win-unpacked` and so on). Throws where
 * there is none for this system, or more than one.
 */
export function packedProgram(folder: string, platform: NodeJS.Platform): string {
  const [start, program] = programs[platform] ?? []
  if (start === undefined || program === undefined) throw new Error(`Nothing is packed for ${platform}.`)
  const found = readdirSync(folder)
    .filter((entry) => entry.startsWith(start))
    .map((entry) => join(folder, entry, program))
    .filter((path) => existsSync(path))
  const [path] = found
  if (path === undefined || found.length > 1)
    throw new Error(`${folder} holds ${found.length} packed programs for ${platform}.`)
  return path
}
