import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import type { Driver, Launch, LaunchOptions } from '../desktop/driver'
import { findElectron, packed } from './binary'
import { answerNext, clickMenu, heardSoFar, menu, putSystemAside, windows } from './system'

const root = join(import.meta.dirname, '..', '..')
// Chromium's sandbox does not run as root, nor in most containers; a person's desktop keeps it.
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Starts the built program in a real Electron, or the packed one. */
export const launchElectron: Launch = async (options) => {
  // Without a path of its own Playwright takes the package's program, and holds it back until it is joined.
  const app = await _electron.launch({
    args: argsOf(options),
    ...(packed !== null && { executablePath: packed }),
    cwd: root,
    env: environment(options),
  })
  await app.evaluate(putSystemAside)
  const child = app.process()
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return {
    page: () => pageOf(app),
    do: driveWith(app),
    async recorded() {
      const heard = await app.evaluate(heardSoFar)
      if (heard === null) throw new Error('The system was not put aside.')
      return heard
    },
    async startAgain(args = []) {
      const second = spawn(electron(), [...sandbox, ...argsOf(options), ...args], {
        cwd: root,
        env: environment(options),
        stdio: 'ignore',
      })
      const [code] = await once(second, 'exit')
      return code as number | null
    },
    ended,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function electron(): string {
  const path = findElectron()
  if (path === null) throw new Error('There is no Electron to start.')
  return path
}

const argsOf = ({ dataDir, library, args = [] }: LaunchOptions) => [
  // A packed program carries its own; Electron is told where the built one lies.
  ...(packed === null ? [root] : []),
  '--data-dir',
  dataDir,
  '--library',
  library,
  '--lang=en-GB',
  ...args,
]

function environment({ env = {} }: LaunchOptions): Record<string, string> {
  const own = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return { ...(Object.fromEntries(own) as Record<string, string>), ...env }
}

/** A page that crashed stays crashed to Playwright, though the window shows a living one: it is looked for again. */
async function pageOf(app: ElectronApplication): Promise<Page> {
  const page = app.windows().findLast((one) => !one.isClosed())
  return page ?? app.waitForEvent('window')
}

function driveWith(app: ElectronApplication): Driver['do'] {
  const told: { [K in Parameters<Driver['do']>[0]]: (...args: never[]) => Promise<unknown> } = {
    quit: () => app.evaluate(({ app }) => void setImmediate(() => app.quit())),
    openUrl: (url: string) =>
      app.evaluate(({ app }, url) => app.emit('open-url', { preventDefault: () => undefined }, url), url),
    windows: () => app.evaluate(windows),
    minimize: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().at(-1)?.minimize()),
    crash: () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().at(-1)?.webContents.forcefullyCrashRenderer(),
      ),
    script: (code: string) =>
      app.evaluate(
        ({ BrowserWindow }, code) =>
          BrowserWindow.getAllWindows().at(-1)?.webContents.executeJavaScript(code) as Promise<unknown>,
        code,
      ),
    menu: () => app.evaluate(menu),
    clickMenu: (path: string[]) => app.evaluate(clickMenu, path),
    power: (event: string) => app.evaluate(({ powerMonitor }, event) => powerMonitor.emit(event, {}), event),
    answerDialog: (answer: { button?: number; paths?: string[] }) => app.evaluate(answerNext, answer),
  }
  return (name, ...args) => told[name](...(args as never[])) as never
}
