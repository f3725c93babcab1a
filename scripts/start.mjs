// npm start: the desktop where a window can be opened, otherwise (or with --browser) the browser shell.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { follow, isModern, root, startAgain } from './lib/runtime.mjs'

const args = process.argv.slice(2)

if (isModern) {
  await start()
} else {
  await startAgain(fileURLToPath(import.meta.url), args)
}

async function start() {
  const { buildIfStale } = await import('./lib/build.mjs')
  try {
    await buildIfStale()
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
    return
  }
  if (args.includes('--browser') || args.includes('--help')) {
    await openBrowserShell()
    return
  }
  const { provideElectron } = await import('./lib/electron.mjs')
  const electron = await provideElectron()
  if (electron.missing) {
    process.stderr.write(`No window, because ${electron.missing}: opening the browser shell instead.\n`)
    await openBrowserShell()
    return
  }
  // Standard output is kept for the address of the browser shell.
  const child = spawn(electron.path, [root, ...args], { stdio: ['ignore', process.stderr, process.stderr] })
  const code = await follow(child)
  if (code !== 127) {
    process.exitCode = code
    return
  }
  process.stderr.write('Electron did not start on this system: opening the browser shell instead.\n')
  await openBrowserShell()
}

/** In this very process, so that signals and the exit code are its own. */
async function openBrowserShell() {
  await import(pathToFileURL(join(root, 'out', 'main', 'browser.js')).href)
}
