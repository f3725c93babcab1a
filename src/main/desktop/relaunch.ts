import { app } from 'electron'
import { isLink } from './links'
import { kindOf } from './opened'

const flag = '--safe-mode'

/** Quits in order and starts the program again with the same options, in safe mode or out of it. */
export function relaunch(safeMode: boolean): void {
  // What the program was opened with was taken in by this run.
  const options = process.argv.slice(1).filter((arg) => arg !== flag && !isLink(arg) && kindOf(arg) === null)
  app.relaunch({ args: safeMode ? [...options, flag] : options })
  app.quit()
}
