import { Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron'
import sharp from 'sharp'
import { fill } from '@shared/problems'
import type { Clock } from '../ports'
import { menuLabel } from './markup'
import { menuWords, type MenuLanguage } from './menu'
import type { RunningJob } from './work'

/** Jobs in the tray's menu; more are counted. */
const jobsMost = 10
/** Characters of a prompt in the tray's menu. */
const promptMost = 40
/** The menu is made anew at most this often: some systems close it when that happens. */
const renewMs = 2000

export interface TrayActions {
  open: () => void
  show: (jobId: string) => void
  pause: (paused: boolean) => void
  quit: () => void
}

/** What the tray's menu shows. */
export interface TrayState {
  running: readonly RunningJob[]
  paused: boolean
  language: MenuLanguage
}

/** The tray's menu: the window, running jobs with how far they are, the queue, and the end. */
export function trayTemplate(state: TrayState, actions: TrayActions): MenuItemConstructorOptions[] {
  const text = menuWords(state.language)
  // What moves comes first; the rest of the queue waits behind it.
  const jobs = [...state.running].sort((a, b) => Number(a.state === 'queued') - Number(b.state === 'queued'))
  const shown = jobs.slice(0, jobsMost)
  const more = jobs.length - shown.length
  return [
    { label: text.open, click: actions.open },
    { type: 'separator' },
    ...(jobs.length === 0 ? [{ label: text.nothingRuns, enabled: false }] : []),
    ...shown.map((job) => ({ label: labelOf(job, state.language), click: () => actions.show(job.id) })),
    ...(more > 0 ? [{ label: fill(text.moreJobs, { count: more }), click: actions.open }] : []),
    { type: 'separator' },
    state.paused
      ? { label: text.resumeQueue, click: () => actions.pause(false) }
      : { label: text.pauseQueue, click: () => actions.pause(true) },
    { type: 'separator' },
    { label: text.quit, click: actions.quit },
  ]
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function labelOf({ prompt, progress, state }: RunningJob, language: MenuLanguage): string {
  const line = prompt.replaceAll(/\s+/g, ' ').trim() || menuWords(language).noPrompt
  const signs = [...graphemes.segment(line)].map(({ segment }) => segment)
  const short = signs.length > promptMost ? `${signs.slice(0, promptMost - 1).join('')}…` : line
  const far =
    progress !== null && (state === 'processing' || state === 'downloading')
      ? new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(progress)
      : menuWords(language).state[state === 'queued' ? 'queued' : 'working']
  return `${menuLabel(short)}  ·  ${far}`
}

/** The sign in the tray, there while it is wanted. */
export interface TraySign {
  /** Puts it there or takes it away. False where the system gives it no place. */
  want(wanted: boolean): boolean
  /** Whether it is there: only then may the window be closed without ending the program. */
  present(): boolean
  follow(state: TrayState): void
  close(): void
}

export interface TrayOptions {
  actions: TrayActions
  icon: () => NativeImage
  clock: Clock
  onTrouble: (error: unknown) => void
}

export function createTraySign({ actions, icon, clock, onTrouble }: TrayOptions): TraySign {
  let tray: Tray | null = null
  let state: TrayState | null = null
  let shown = ''
  let cancel: (() => void) | null = null

  function renew(): void {
    cancel = null
    if (!tray || !state) return
    const template = trayTemplate(state, actions)
    const labels = template.map(({ label }) => label).join('\n')
    if (labels === shown) return
    shown = labels
    tray.setContextMenu(Menu.buildFromTemplate(template))
  }

  function remove(): void {
    cancel?.()
    cancel = null
    tray?.destroy()
    tray = null
    shown = ''
  }

  return {
    want(wanted) {
      if (!wanted) remove()
      else if (!tray) {
        try {
          tray = new Tray(icon())
          tray.setToolTip('Dailies')
          tray.on('click', actions.open)
          renew()
        } catch (error) {
          tray = null
          onTrouble(error)
          return false
        }
      }
      return true
    },
    present: () => tray !== null,
    follow(next) {
      const first = state === null || state.language !== next.language || state.paused !== next.paused
      state = next
      if (first) {
        cancel?.()
        renew()
      } else cancel ??= clock.after(renewMs, renew)
    },
    close: remove,
  }
}

/** The mark of `resources/icon.svg` in black alone, its triangle cut out. */
const mark = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">' +
    '<path fill-rule="evenodd" d="M11 2h10a9 9 0 0 1 9 9v10a9 9 0 0 1-9 9H11a9 9 0 0 1-9-9V11a9 9 0 0 1 9-9Zm1 7.6v12.8' +
    'a.8.8 0 0 0 1.2.7l10.6-6.4a.8.8 0 0 0 0-1.4L13.2 8.9a.8.8 0 0 0-1.2.7Z"/></svg>',
)

/** The picture for the tray: on macOS the mark, which the system fits to its menu bar, elsewhere the icon itself. */
export async function trayPicture(platform: NodeJS.Platform, icon: NativeImage): Promise<NativeImage> {
  if (platform !== 'darwin') return icon.resize({ width: platform === 'win32' ? 32 : 24 })
  const draw = (size: number) => sharp(mark).resize(size, size).png().toBuffer()
  const image = nativeImage.createFromBuffer(await draw(16))
  image.addRepresentation({ scaleFactor: 2, buffer: await draw(32) })
  image.setTemplateImage(true)
  return image
}
