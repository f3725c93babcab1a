import type Electron from 'electron'
import type { Session as Cdp } from '../engine/cdp'
import { fromChromium, toChromium } from '../engine/address'
import { session, type Permission } from './session'

/** Electron's names beside Chromium's, as far as the DevTools protocol can set them. */
const names = {
  'clipboard-sanitized-write': 'clipboard-write',
  'clipboard-read': 'clipboard-read',
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  'idle-detection': 'idle-detection',
  'persistent-storage': 'persistent-storage',
  'storage-access': 'storage-access',
  'window-management': 'window-management',
} as const satisfies Partial<Record<Permission, string>>

/** What the program's check handler says of each permission is what Chromium holds for that origin. */
export async function grantPermissions(
  page: Cdp,
  contents: Electron.WebContents,
  url: string,
): Promise<void> {
  const check = session.defaultSession.permissions.check
  if (!check) return
  const { origin } = new URL(toChromium(url))
  const own = fromChromium(`${origin}/`)
  for (const [electron, chromium] of Object.entries(names) as [keyof typeof names, string][]) {
    const yes = check(contents, electron, own, { requestingUrl: own, isMainFrame: true })
    await page.send('Browser.setPermission', {
      permission: { name: chromium },
      setting: yes ? 'granted' : 'denied',
      origin,
    })
  }
}

/** The page asks for a permission of which Chromium knows no setting: answers what the program says. */
export function askPermission(contents: Electron.WebContents, permission: Permission): Promise<boolean> {
  const { request } = session.defaultSession.permissions
  if (!request) return Promise.resolve(true)
  return new Promise((resolve) =>
    request(contents, permission, resolve, { requestingUrl: contents.getURL(), isMainFrame: true }),
  )
}
