import { Notification, type BrowserWindow, type NativeImage } from 'electron'
import type { Logger } from 'pino'
import en from '@shared/messages/en.json' with { type: 'json' }
import zh from '@shared/messages/zh-CN.json' with { type: 'json' }
import { dragIcon } from './drag'
import type { MenuLanguage } from './menu'
import { unmarked } from './markup'
import { createEndings, type Endings, type EndingsOptions, type Note } from './endings'

export interface NotificationsOptions extends Pick<EndingsOptions, 'poster' | 'clock'> {
  language: () => MenuLanguage
  window: () => BrowserWindow | null
  /** Shown where there is no poster. */
  icon: NativeImage
  onClick: (jobId: string) => void
  /** The system refused one, with its reason: an unsigned program on macOS, for one. Called once. */
  onRefused: (reason: string) => void
  log: Logger
  platform: NodeJS.Platform
}

/** Tells of endings by the system's notifications, while the window is not in front. */
export function createNotifications(options: NotificationsOptions): Endings {
  const { clock, poster, language, window, icon, onClick, onRefused, log, platform } = options
  // Kept until they are gone: a collected notification never tells of its click.
  const shown = new Set<Notification>()
  let refused = false
  const looking = () => window()?.isFocused() ?? false

  async function show({ jobId, title, body, poster: path }: Note): Promise<void> {
    const picture = await dragIcon(path, icon)
    if (looking()) return
    const text = platform === 'linux' ? unmarked(body) : body
    const notification = new Notification({ title, body: text, icon: picture, groupId: 'endings' })
    const gone = () => shown.delete(notification)
    shown.add(notification)
    notification.on('close', gone)
    notification.on('failed', (_event, reason) => {
      gone()
      log.warn({ reason }, 'the system showed no notification')
      if (!refused) onRefused(reason)
      refused = true
    })
    notification.on('click', () => {
      gone()
      onClick(jobId)
    })
    notification.show()
  }

  const endings = createEndings({
    clock,
    poster,
    words: () => (language() === 'zh-CN' ? zh : en).notify,
    show(note) {
      show(note).catch((error: unknown) => log.warn({ err: error }, 'a notification was not shown'))
    },
  })
  return {
    ...endings,
    tell(ending) {
      if (!looking() && Notification.isSupported()) endings.tell(ending)
    },
  }
}
