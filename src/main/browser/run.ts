import { randomBytes } from 'node:crypto'
import type { SafeMode } from '@shared/contract'
import { inOneLine } from '@shared/problems'
import open from 'open'
import packageJson from '../../../package.json' with { type: 'json' }
import { keychainService, openKeychain } from '../connections'
import { createStudio } from '../studio'
import {
  createLog,
  createRedactor,
  DataFolderTaken,
  defaultDataDir,
  defaultLibrary,
  development,
  guardProcess,
  systemClock,
  systemRandom,
  systemSurroundings,
  markStart,
  type Redactor,
  pageSource,
  takeDataFolder,
} from '../system'
import { BadArguments, readArgs, usage, type BrowserOptions } from './args'
import { createBrowserDesk } from './desk'
import { startServer } from './server'

/** Hot reload starts the next studio while the last one is still closing. */
const restartMs = 10_000
/** A key pressed once can arrive twice: from the terminal and through npm. */
const echoMs = 300

/** Said where the starts before this one ended too early. */
const crashed =
  'Safe mode: the last two starts did not get as far as this line. Nothing is sent or polled until it is left in the page.'

/** One studio with its server; a restart opens another in the same process. */
interface Turn {
  port: number
  /** Resolves when the person asked for another one. */
  restarted: Promise<{ safeMode: boolean }>
  close(): Promise<void>
}

/** Exit codes of the browser shell. */
const exit = { failed: 1, badArguments: 2, taken: 3 } as const

/**
 * Runs the browser shell from its arguments to its end, serving the built page in `pageDir`.
 * Every refusal is one sentence on standard error.
 */
export async function run(args: readonly string[], pageDir: string): Promise<void> {
  const redactor = createRedactor()
  try {
    const options = readArgs(args, process.cwd())
    if (options.help) process.stdout.write(`${usage}\n`)
    else await serve(options, pageDir, redactor)
  } catch (error) {
    // Where the other one is, token and all, is what the person needs to know.
    const said = error instanceof DataFolderTaken ? explain(error) : redactor.clean(explain(error))
    process.stderr.write(`${said}\n`)
    process.exitCode =
      error instanceof BadArguments
        ? exit.badArguments
        : error instanceof DataFolderTaken
          ? exit.taken
          : exit.failed
  }
}

async function serve(options: BrowserOptions, pageDir: string, redactor: Redactor): Promise<void> {
  const ended = untilStopped()
  const { version } = packageJson
  const dataDir = options.dataDir ?? defaultDataDir()
  const dev = development()
  const instance = await takeDataFolder(dataDir, dev ? restartMs : 0)
  const logbook = createLog(dataDir, redactor)
  const { log } = logbook
  const mark = markStart(dataDir, options.safeMode)
  const token = dev?.token ?? randomBytes(32).toString('base64url')
  redactor.hide(token)
  const source = dev ? pageSource(dev) : null
  let turn: Turn | null = null
  try {
    guardProcess(log, (error) => {
      process.stderr.write(`${redactor.clean(explain(error))}\n`)
      process.exit(exit.failed)
    })
    const openTurn = async (safeMode: SafeMode | null, port: number): Promise<Turn> => {
      log.info({ version, shell: 'browser', safeMode }, 'starting')
      let restart = (_safeMode: boolean) => {}
      const restarted = new Promise<{ safeMode: boolean }>((resolve) => {
        restart = (safe) => resolve({ safeMode: safe })
      })
      const studio = await createStudio({
        clock: systemClock,
        random: systemRandom,
        paths: {
          dataDir,
          defaultLibrary: defaultLibrary(),
          libraryOverride: options.library,
          pageDir,
        },
        desk: createBrowserDesk(),
        log,
        keychain: openKeychain(keychainService),
        hide: (secret) => redactor.hide(secret),
        clean: (text) => redactor.clean(text),
        surroundings: systemSurroundings(systemClock),
        run: { safeMode, restart, painted: () => {} },
        version,
      })
      try {
        const server = await startServer({ studio, source, port, token, version, log })
        const close = async () => {
          await server.close()
          await studio.close()
        }
        return { port: server.port, restarted, close }
      } catch (error) {
        await studio.close()
        throw error
      }
    }

    turn = await openTurn(mark.safeMode, options.port)
    if (mark.safeMode === 'crashed') process.stderr.write(`${crashed}\n`)
    const url = `http://127.0.0.1:${turn.port}`
    instance.announce({ url, token, pid: process.pid })
    // A page that fails is the browser's; what the shell has to do at its start is done.
    mark.clear()
    process.stdout.write(`Dailies is at ${url}/?token=${token}\n`)
    if (options.open) await openPage(`${url}/?token=${token}`)
    for (;;) {
      const why = await Promise.race([ended, turn.restarted])
      log.info({ why }, 'closing')
      if (typeof why === 'string') break
      const { port } = turn
      const before = turn
      turn = null
      await before.close()
      // At the same address and with the same token: the open page finds it again.
      turn = await openTurn(why.safeMode ? 'asked' : null, port)
    }
  } finally {
    await turn?.close()
    mark.clear()
    instance.release()
    logbook.close()
  }
}

/** Resolves with the first signal to stop; a second one ends the process at once. */
function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let since = 0
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (since === 0) since = Date.now()
        else if (Date.now() - since > echoMs) process.exit(exit.failed)
        resolve(signal)
      })
    }
  })
}

/** A machine without a browser still has the printed address. */
async function openPage(address: string): Promise<void> {
  try {
    const child = await open(address)
    child.on('error', () => {})
  } catch {
    process.stderr.write('The browser did not open; use the address above.\n')
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, port, path } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program; choose another with --port.`
  if (code === 'EEXIST' || code === 'ENOTDIR') return `${path ?? 'The data folder'} is not a folder.`
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') return inOneLine(error)
  return port === undefined
    ? `The folder ${path ?? ''} cannot be written to.`
    : `Port ${port} may not be used without more rights; choose another with --port.`
}
