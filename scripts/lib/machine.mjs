import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import { run } from './run.mjs'

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Full path of a program on PATH, or null. */
function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name)
    if (folder && existsSync(path)) return path
  }
  return null
}

function findChromium() {
  const named = process.env.DAILIES_CHROMIUM
  if (named) return existsSync(named) ? named : null
  for (const name of browsers) {
    const path = onPath(name)
    if (path) return path
  }
  return [...places, chromium.executablePath()].find((path) => path && existsSync(path)) ?? null
}

const isDebianRoot = () => process.getuid?.() === 0 && onPath('apt-get') !== null

let listed = false
async function install(packages) {
  console.error(`Installing ${packages.join(' ')} …`)
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  if (!listed) await run('apt-get', ['-qq', 'update'], quiet)
  listed = true
  return run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...packages], quiet)
}

/** Path of a Chromium, installing Debian's where that is allowed; or the reason and the remedy. */
export async function provideChromium() {
  let path = findChromium()
  if (!path && isDebianRoot()) {
    await install(['chromium', 'fonts-liberation', 'fonts-noto-cjk'])
    path = findChromium()
  }
  if (path) return { path }
  const named = process.env.DAILIES_CHROMIUM
  return {
    missing: named
      ? `DAILIES_CHROMIUM names ${named}, which does not exist.`
      : 'No Chromium was found. Install Chrome, Chromium or Edge, or set DAILIES_CHROMIUM to its path.',
  }
}

/** Path of Electron's program, and what must stand in front of it for want of a display; or the reason and the remedy. */
export async function provideElectron() {
  // Only here: an older Node, which cannot read it, shall say first what is wanted.
  const { findElectron } = await import('../../test/electron/binary.ts')
  const path = findElectron()
  if (path === null) {
    return {
      missing:
        'Electron’s program was not downloaded. Run npx install-electron, or set ELECTRON_OVERRIDE_DIST_PATH to its folder.',
    }
  }
  const shown = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  if (shown) return { path }
  if (onPath('xvfb-run') === null) return { missing: 'There is no display. Install xvfb.' }
  return { path, wrap: (command, args) => ['xvfb-run', ['-a', command, ...args]] }
}

/** Whether a Secret Service can be started for the keychain tests, installing Debian's where that is allowed. */
export async function provideSecretService() {
  if (process.platform !== 'linux')
    return { missing: 'The keychain tests run on Linux, against a Secret Service of their own.' }
  const needed = ['dbus-run-session', 'dbus-daemon', 'dbus-send', 'gnome-keyring-daemon']
  const found = () => needed.every((name) => onPath(name) !== null)
  if (!found() && isDebianRoot()) await install(['dbus', 'dbus-daemon', 'gnome-keyring'])
  if (found()) return {}
  return { missing: 'No Secret Service was found. Install dbus and gnome-keyring.' }
}

/** Version line of a program, for the record of a run. */
export function versionOf(path) {
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown version'
  }
}
