import type { Page } from 'playwright-core'
import type { CommandName, Commands } from './double/commands'
import type { Recorded } from './double/record'

/** What both the double and a real Electron can be told to do. */
export type Told = Extract<
  CommandName,
  | 'quit'
  | 'openUrl'
  | 'windows'
  | 'minimize'
  | 'crash'
  | 'script'
  | 'menu'
  | 'clickMenu'
  | 'power'
  | 'answerDialog'
>

/** What both can say that the program asked of the system. */
export type Heard = Pick<Recorded, 'drags' | 'dialogs' | 'opened' | 'aboutShown' | 'relaunches' | 'awake'>

/** The running desktop program, on the double or in a real Electron: the scenes are played on either. */
export interface Driver {
  /** Playwright's page of the window. */
  page(): Promise<Page>
  do<K extends Told>(name: K, ...args: Parameters<Commands[K]>): Promise<Awaited<ReturnType<Commands[K]>>>
  recorded(): Promise<Heard>
  /** Starts it once more on the same folders; the second process's exit code. */
  startAgain(args?: string[]): Promise<number | null>
  /** Settles with the exit code when it ends. */
  ended: Promise<number | null>
  /** Ends it whatever it does. */
  kill(): Promise<void>
}

export interface LaunchOptions {
  dataDir: string
  library: string
  args?: string[]
  env?: Record<string, string>
}

export type Launch = (options: LaunchOptions) => Promise<Driver>
