// npm run dev: either shell with hot reload. The page's sources come from a development server; main is rebuilt and
// started anew when it changes. Add --browser for the browser shell; other options are passed on.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { follow, isModern, root, startAgain } from './lib/runtime.mjs'

const args = process.argv.slice(2)

if (isModern) {
  await develop()
} else {
  await startAgain(fileURLToPath(import.meta.url), args)
}

async function develop() {
  const { provideElectron } = await import('./lib/electron.mjs')
  const electron = args.includes('--browser') ? { missing: null } : await provideElectron()
  if (electron.missing) {
    process.stderr.write(`No window, because ${electron.missing}: the browser shell instead.\n`)
  }
  const browser = electron.path === undefined
  const options = args.filter((arg) => arg !== '--browser')
  const command = [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'dev', '--watch']
  if (browser) {
    command.push('--entry', join('out', 'main', 'browser.js'), '--', '--no-open', ...options)
    // The same address over every restart, so that an open page finds its studio again.
    if (!options.some((option) => option.startsWith('--port')))
      command.push('--port', String(await freePort()))
  } else if (options.length > 0) {
    command.push('--', ...options)
  }
  const child = spawn(process.execPath, command, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ELECTRON_EXEC_PATH: electron.path ?? process.execPath,
      ...(browser ? { DAILIES_DEV_TOKEN: randomBytes(32).toString('base64url') } : {}),
    },
  })
  process.exitCode = await follow(child)
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}
