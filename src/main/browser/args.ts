import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface BrowserOptions {
  /** 0 lets the system choose a free port. */
  port: number
  dataDir: string | null
  library: string | null
  open: boolean
  safeMode: boolean
  help: boolean
}

export const usage = `npm start -- --browser [options]

  --port N        the port on 127.0.0.1 (default: a free one)
  --data-dir DIR  history, images, previews and logs (default: the system's place for application data)
  --library DIR   the folder of videos, for this run (default: the one chosen in Settings)
  --no-open       do not open the browser
  --safe-mode     start without sending, polling, previews and autoplay
  --help          this text`

/** What is wrong with the arguments, as one sentence. */
export class BadArguments extends Error {
  override readonly name = 'BadArguments'
}

/** Reads the command line; folders become absolute from where the command was typed. Throws {@link BadArguments}. */
export function readArgs(args: readonly string[], cwd: string): BrowserOptions {
  const { values, positionals } = parse(args)
  if (positionals.length > 0) throw new BadArguments(`There is no argument “${positionals[0]}”; try --help.`)
  return {
    port: readPort(values.port),
    dataDir: readFolder('--data-dir', values['data-dir'], cwd),
    library: readFolder('--library', values.library, cwd),
    open: !values['no-open'],
    safeMode: values['safe-mode'] ?? false,
    help: values.help ?? false,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        browser: { type: 'boolean' },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        library: { type: 'string' },
        'no-open': { type: 'boolean' },
        'safe-mode': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    // Node explains at length; its first sentence names the option.
    throw new BadArguments(`${said.split(/\.\s|\n|\.$/)[0]}; try --help.`, { cause: error })
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 0
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new BadArguments(`--port takes a number from 0 to 65535, not “${text}”.`)
}

function readFolder(option: string, text: string | undefined, cwd: string): string | null {
  if (text === undefined) return null
  if (text === '') throw new BadArguments(`${option} needs the path of a folder.`)
  return resolve(cwd, text)
}
