import { app } from 'electron'
import type { Settings } from '@shared/contract'

type Choice = Pick<Settings, 'openAtLogin' | 'startHidden'>

/** Whether the system has a list of programs to open at login that a packaged program may add itself to. */
export function hasLoginItems(platform: NodeJS.Platform, packaged: boolean): boolean {
  return packaged && (platform === 'darwin' || platform === 'win32')
}

/** Whether the system opens Dailies at login now, whoever decided so. */
export function opensAtLogin(platform: NodeJS.Platform): boolean {
  const known = app.getLoginItemSettings()
  // Windows compares the arguments too, which change with `startHidden`.
  return platform === 'win32' ? known.executableWillLaunchAtLogin : known.openAtLogin
}

/** Asks the system for it; answers whether it did as asked. */
export function setLoginItem({ openAtLogin, startHidden }: Choice, platform: NodeJS.Platform): boolean {
  app.setLoginItemSettings({
    openAtLogin,
    // macOS gives no arguments to a login item, but tells that it was opened at login.
    ...(platform === 'win32' ? { args: startHidden ? ['--minimized'] : [] } : {}),
  })
  return opensAtLogin(platform) === openAtLogin
}

/** Whether this start was the system's doing, at login; only macOS says so. */
export function wasOpenedAtLogin(platform: NodeJS.Platform): boolean {
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}
