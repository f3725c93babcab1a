import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './runtime.mjs'

const outputs = [
  'out/main/browser.js',
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
]
const sources = ['src', 'package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json']

/** Builds `out` when it is missing or older than its sources. Throws with what the build said. */
export async function buildIfStale() {
  if (!isStale()) return
  process.stderr.write('Building Dailies …\n')
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: root })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('close', resolve)
  })
  if (code !== 0) throw new Error(`Dailies could not be built.\n${said.trim()}`)
}

function isStale() {
  const built = Math.min(...outputs.map((path) => changed(join(root, path))))
  return built === 0 || Math.max(...sources.map((path) => newest(join(root, path)))) > built
}

/** When a file was last changed; 0 when there is none. */
function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** The latest change anywhere under a path; a folder changes when something in it goes. */
function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
