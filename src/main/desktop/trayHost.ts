import { execFile } from 'node:child_process'

/** The desktop is asked no longer than this: milliseconds. */
const askMs = 1000

/** Runs a command and gives what it prints; rejects where it is missing, fails or takes longer than `askMs`. */
export type Run = (command: string, args: readonly string[]) => Promise<string>

const run: Run = (command, args) =>
  new Promise((resolve, reject) => {
    execFile(command, args, { timeout: askMs }, (error, stdout) => (error ? reject(error) : resolve(stdout)))
  })

const watcher = 'org.kde.StatusNotifierWatcher'

/**
 * Whether somebody shows the signs that programs put into the tray. Windows and macOS always do; on Linux Electron takes a
 * sign and cannot tell, so the desktop is asked for a host of status notifiers (freedesktop.org's StatusNotifierItem).
 * Where GLib's `gdbus` is missing or gets no answer, nobody is counted on.
 */
export async function showsTray(platform: NodeJS.Platform, ask: Run = run): Promise<boolean> {
  if (platform !== 'linux') return true
  const property = [watcher, 'IsStatusNotifierHostRegistered']
  const method = ['--method', 'org.freedesktop.DBus.Properties.Get', ...property]
  const call = ['call', '--session', '--dest', watcher, '--object-path', '/StatusNotifierWatcher', ...method]
  return ask('gdbus', call).then(
    (said) => said.trim() === '(<true>,)',
    () => false,
  )
}
