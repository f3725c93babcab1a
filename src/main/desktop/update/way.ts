import type { OffReason } from '../../updates'

/** What is known of how this program came onto the computer. */
export interface Installed {
  /** It runs from a package and not from its sources. */
  packaged: boolean
  platform: NodeJS.Platform
  /** Path of the AppImage that runs, as its own starter puts it into the environment. */
  appImage: string | undefined
  /** The package names a place to ask: electron-builder's `app-update.yml`. */
  hasFeed: boolean
}

/**
 * Why this program does not update itself; null where it does. On Linux only an AppImage is the person's own file: a deb
 * or an rpm belongs to the system's package manager, and a Snap or a Flatpak to its store.
 */
export function reasonForNone({ packaged, platform, appImage, hasFeed }: Installed): OffReason | null {
  if (!packaged) return 'source'
  if (platform === 'linux' && (appImage === undefined || appImage === '')) return 'system'
  if (!hasFeed) return 'unpublished'
  return null
}
