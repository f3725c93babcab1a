import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import envPaths from 'env-paths'

/** Where this system keeps an application's data. Both shells use the same, so they share one history. */
export function defaultDataDir(): string {
  return envPaths('Dailies', { suffix: '' }).data
}

/** `Dailies` in the system's folder for videos. */
export function defaultLibrary(): string {
  return defaultLibraryIn(videosFolder(process.platform, homedir(), process.env))
}

/** The same, where the folder for videos is known. */
export function defaultLibraryIn(videos: string): string {
  return join(videos, 'Dailies')
}

/** The system's folder for videos; on Linux as the desktop's own settings name it. */
export function videosFolder(platform: NodeJS.Platform, home: string, env: NodeJS.ProcessEnv): string {
  if (platform === 'darwin') return join(home, 'Movies')
  if (platform === 'win32') return join(home, 'Videos')
  const config = env['XDG_CONFIG_HOME'] || join(home, '.config')
  try {
    const dirs = readFileSync(join(config, 'user-dirs.dirs'), 'utf8')
    const named = /^XDG_VIDEOS_DIR="(\$HOME)?(\/[^"]*)"/m.exec(dirs)
    // A folder that is the home itself is the desktop's way of saying "none".
    const path = named?.[2] && (named[1] ? join(home, named[2]) : named[2])
    if (path && join(path, '.') !== join(home, '.') && path !== `${home}/`) return path
  } catch {
    // No desktop has written its folders down: the usual name will do.
  }
  return join(home, 'Videos')
}
