import { app, nativeImage, type BrowserWindow, type NativeImage } from 'electron'
import sharp from 'sharp'
import type { Work } from './work'

/** What dock and taskbar show of the work. */
export interface Badge {
  /** For `setProgressBar`: below 0 is none, above 1 moves without an end. */
  progress: number
  mode: 'none' | 'normal' | 'indeterminate' | 'error'
  /** Jobs that ended unseen. */
  count: number
  failed: number
}

/** Progress to a whole percent, so that the system is told only of what can be seen. */
export function badgeOf(work: Pick<Work, 'progress' | 'unseen'>, platform: NodeJS.Platform): Badge {
  const { ended: count, failed } = work.unseen()
  const progress = work.progress()
  const known = typeof progress === 'number' ? Math.round(progress * 100) / 100 : null
  if (known !== null) return { progress: known, mode: failed > 0 ? 'error' : 'normal', count, failed }
  // Linux knows no bar without an end, and would fill it.
  if (progress === 'unknown' && platform !== 'linux') {
    return { progress: 2, mode: 'indeterminate', count, failed }
  }
  // Only Windows can show a failure in the bar; it stays there until the person looks.
  if (failed > 0 && platform === 'win32') return { progress: 1, mode: 'error', count, failed }
  return { progress: -1, mode: 'none', count, failed }
}

/** Shows a badge, given what was shown before. */
export interface BadgeShower {
  show(badge: Badge, window: BrowserWindow | null): void
  /** A new window shows nothing yet. */
  windowOpened(): void
}

/** Makes the one that tells the system; `describe` is what a screen reader says of the sign on the taskbar. */
export function createBadgeShower(
  platform: NodeJS.Platform,
  describe: (badge: Badge) => string,
): BadgeShower {
  let before: Badge = { progress: -1, mode: 'none', count: 0, failed: 0 }
  const dots = platform === 'win32' ? drawDots() : null

  async function overlay(window: BrowserWindow, badge: Badge): Promise<void> {
    const drawn = await dots
    if (!drawn || window.isDestroyed()) return
    const dot = badge.count === 0 ? null : badge.failed > 0 ? drawn.failed : drawn.ended
    window.setOverlayIcon(dot, badge.count === 0 ? '' : describe(badge))
  }

  return {
    show(badge, window) {
      const last = before
      before = badge
      if (badge.progress !== last.progress || badge.mode !== last.mode) {
        window?.setProgressBar(badge.progress, { mode: badge.mode })
      }
      if (badge.count !== last.count || badge.failed !== last.failed) {
        if (platform === 'win32') {
          if (window) void overlay(window, badge)
        } else app.setBadgeCount(badge.count)
      }
      if (badge.failed > last.failed) {
        if (platform === 'darwin') app.dock?.bounce('informational')
        else window?.flashFrame(true)
      }
      if (badge.count === 0 && last.failed > 0 && platform !== 'darwin') window?.flashFrame(false)
    },
    windowOpened() {
      before = { ...before, progress: -1, mode: 'none', ...(platform === 'win32' ? { count: 0 } : {}) }
    },
  }
}

/** The signs that Windows lays over the icon on its taskbar, 16 pixels wide. */
async function drawDots(): Promise<{ ended: NativeImage; failed: NativeImage }> {
  const draw = async (colour: string) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><circle cx="8" cy="8" r="6.5" fill="${colour}" stroke="#12140a" stroke-width="1.5"/></svg>`
    return nativeImage.createFromBuffer(await sharp(Buffer.from(svg)).png().toBuffer())
  }
  const [ended, failed] = await Promise.all([draw('#c9f04d'), draw('#ef5a4c')])
  return { ended, failed }
}
