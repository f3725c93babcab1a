// Understood by every Node that may be asked to start Dailies, so nothing here is newer than Node 16.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const oldest = 24

/** Whether this very Node is new enough. */
export const isModern = Number(process.versions.node.split('.')[0]) >= oldest

/** The Node that came with `npm install`, or null where there is none for this system. */
function ownNode() {
  const folder = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const path = join(root, 'node_modules', folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(path) ? path : null
}

/** Runs `script` again, with the Node that came with Dailies; says so and ends where there is none. */
export async function startAgain(script, args) {
  const node = ownNode()
  if (node === null) {
    process.stderr.write(
      `Dailies needs Node ${oldest} or later; this is ${process.versions.node}, and none came with npm install.\n`,
    )
    process.exitCode = 1
    return
  }
  process.exitCode = await follow(spawn(node, [script, ...args], { stdio: 'inherit' }))
}

/** Hands signals on to a child until it ends; answers its exit code. */
export function follow(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('exit', (code, signal) => resolve(code === null ? (signal ? 1 : 0) : code))
  })
}
