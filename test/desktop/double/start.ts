import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findChromium } from '../../support/chromium'
import type { CommandName, Commands } from './commands'
import { variable, type DoubleConfig } from './config'
import type { Answer, Ask } from './control'
import type { Recorded } from './record'

export interface DoubleOptions {
  dataDir: string
  library?: string
  /** The person's home; by default beside the data folder. */
  home?: string
  /** More arguments, as a person would type them. */
  args?: string[]
  env?: Record<string, string>
  /** Folder of the built program: `package.json`, `out` and `resources` lie in it. */
  appPath?: string
  packaged?: boolean
  locale?: string
  dark?: boolean
}

/** The built program running on the double. */
export interface Double {
  child: ChildProcess
  dataDir: string
  home: string
  /** Playwright's page of the window, joined to its Chromium. Joins again after a crash or where the window is a new one. */
  page(): Promise<Page>
  do<K extends CommandName>(
    name: K,
    ...args: Parameters<Commands[K]>
  ): Promise<Awaited<ReturnType<Commands[K]>>>
  recorded(): Promise<Recorded>
  /** Starts the program once more on the same folders; answers that second process's exit code. */
  startAgain(args?: string[]): Promise<number | null>
  /** All that it wrote to its terminal. */
  output(): string
  /** Settles with the exit code when it ends. */
  ended: Promise<number | null>
  /** Quits as a person does; answers the exit code. */
  stop(): Promise<number | null>
  kill(): Promise<void>
}

const here = import.meta.dirname
const root = join(here, '..', '..', '..')

/** Starts the built program and waits until its application is ready; throws where it ended before that. */
export async function startDouble(options: DoubleOptions): Promise<Double> {
  const child = launch(options)
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const call = caller(child, ended, () => output)
  const known = lastRecord(child)
  let joined: { browser: Browser; page: Page } | null = null
  const endpoint = await untilReady(call)

  return {
    child,
    dataDir: options.dataDir,
    home: homeOf(options),
    ended,
    output: () => output,
    do: call,
    async recorded() {
      if (child.connected) return call('recorded').catch(() => known.last())
      return known.last()
    },
    async page() {
      if (joined && !joined.page.isClosed() && !crashed.has(joined.page)) return joined.page
      await joined?.browser.close().catch(() => undefined)
      joined = await joinChromium(endpoint)
      return joined.page
    },
    startAgain(args = []) {
      return once(launch({ ...options, args: [...(options.args ?? []), ...args] }), 'exit').then(
        ([code]) => code as number | null,
      )
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) await call('quit').catch(() => undefined)
      return ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

const crashed = new WeakSet<Page>()

async function joinChromium(endpoint: string): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.connectOverCDP(endpoint)
  const context = browser.contexts()[0]
  if (!context) throw new Error('Chromium has no context.')
  const page = context.pages().at(-1) ?? (await context.waitForEvent('page'))
  page.on('crash', () => crashed.add(page))
  return { browser, page }
}

const homeOf = ({ home, dataDir }: DoubleOptions) => home ?? join(dataDir, '..', 'home')

function launch(options: DoubleOptions): ChildProcess {
  const path = findChromium()
  if (path === null) throw new Error('No Chromium: install one, or set DAILIES_CHROMIUM to its path.')
  const { dataDir, library, args = [], env = {}, appPath = root, packaged = false } = options
  const home = homeOf(options)
  mkdirSync(home, { recursive: true })
  const config: DoubleConfig = {
    chromium: path,
    home,
    appPath,
    packaged,
    locale: options.locale ?? 'en-GB',
    dark: options.dark ?? true,
  }
  const own = ['--data-dir', dataDir, ...(library === undefined ? [] : ['--library', library]), ...args]
  return fork(join(appPath, 'out', 'main', 'index.js'), own, {
    execArgv: ['--import', new URL('register.ts', import.meta.url).href],
    env: { ...process.env, HOME: home, ...env, [variable]: JSON.stringify(config) },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

type Call = Double['do']

function caller(child: ChildProcess, ended: Promise<number | null>, output: () => string): Call {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let last = 0
  child.on('message', (answer: Answer) => {
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.error === undefined) call?.resolve(answer.value as never)
    else call?.reject(new Error(answer.error))
  })
  void ended.then((code) => {
    for (const { reject } of waiting.values())
      reject(new Error(`The program ended with ${code}: ${output()}`))
    waiting.clear()
  })
  return (name, ...args) => {
    last += 1
    const ask: Ask = { id: last, name, args }
    return new Promise((resolve, reject) => {
      waiting.set(ask.id, { resolve, reject })
      if (child.connected) child.send(ask)
      else reject(new Error(`The program has ended: ${output()}`))
    })
  }
}

/** What the program told of at its very end. */
function lastRecord(child: ChildProcess): { last(): Recorded } {
  let last: Recorded | null = null
  child.on('message', (answer: Answer) => {
    if (answer.id === 0) last = answer.value as Recorded
  })
  return {
    last() {
      if (last === null) throw new Error('The program ended without telling what it did.')
      return last
    },
  }
}

/** The endpoint is there once Chromium runs, and that is before the application is ready. */
async function untilReady(call: Call): Promise<string> {
  for (;;) {
    try {
      return await call('endpoint')
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('not ready yet')) throw error
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }
}
