import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** Path of a tool of the project's own node_modules. */
export const tool = (name) =>
  join(
    import.meta.dirname,
    '..',
    '..',
    'node_modules',
    '.bin',
    process.platform === 'win32' ? `${name}.cmd` : name,
  )

/** Runs a command to its end with the terminal's output; answers its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32', ...options })
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`)
      resolve(127)
    })
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}
