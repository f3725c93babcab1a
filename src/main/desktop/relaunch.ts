import { app } from 'electron'

const flag = '--safe-mode'

/** Quits in order and starts the program again with the same arguments, in safe mode or out of it. */
export function relaunch(safeMode: boolean): void {
  const args = process.argv.slice(1).filter((arg) => arg !== flag)
  app.relaunch({ args: safeMode ? [...args, flag] : args })
  app.quit()
}
