import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './runtime.mjs'

const folder = join(root, 'node_modules', 'electron')
const downloadMs = 300_000

/** Path of Electron's program, or null while its binary is not there. */
function electronPath() {
  try {
    const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist')
    const path = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}

/**
 * Electron's program, fetched on first use: `{ path }`, or `{ missing }` with the reason, as the end of a sentence,
 * why no window can be opened.
 */
export async function provideElectron() {
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { missing: 'there is no display' }
    if (process.getuid() === 0) return { missing: 'Electron does not run as root' }
  }
  const there = electronPath()
  if (there) return { path: there }
  if (!existsSync(join(folder, 'install.js'))) return { missing: 'Electron is not installed' }
  process.stderr.write('Getting Electron’s binary, once …\n')
  const trouble = await download()
  const path = electronPath()
  return path ? { path } : { missing: `Electron’s binary could not be downloaded (${trouble})` }
}

/** Runs Electron's own installer; answers what it complained of. */
function download() {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: downloadMs,
    })
    let said = ''
    child.stderr.on('data', (chunk) => (said += chunk))
    child.on('error', (error) => resolve(error.message))
    child.on('close', (_code, signal) => {
      if (signal) resolve('it took too long')
      else resolve(said.split('\n')[0].replace(/^\w*Error: /, '') || 'no reason given')
    })
  })
}
