import { dialog, type BrowserWindow } from 'electron'
import type { JobRow } from '@shared/contract'
import en from '@shared/messages/en.json' with { type: 'json' }
import zh from '@shared/messages/zh-CN.json' with { type: 'json' }
import { fill } from '@shared/problems'
import type { MenuLanguage } from './menu'

/** Jobs that quitting would leave behind. */
export interface UnderWay {
  /** All of them; at least one. */
  running: number
  /** Of these, jobs whose video comes in the answer of a call that quitting breaks off. */
  held: number
}

/** Counts what is under way; null where nothing is. Jobs that a paused queue keeps lose nothing by quitting. */
export function underWay(
  jobs: readonly Pick<JobRow, 'state' | 'waiting'>[],
  queuePaused: boolean,
): UnderWay | null {
  const running = jobs.filter(({ state }) => state !== 'queued' || !queuePaused)
  if (running.length === 0) return null
  return { running: running.length, held: running.filter(({ waiting }) => waiting === 'held').length }
}

/** Asks the person whether to quit although jobs are under way; closing the question means to stay. */
export async function mayQuit(
  { running, held }: UnderWay,
  language: MenuLanguage,
  parent: BrowserWindow | null,
): Promise<boolean> {
  const text = (language === 'zh-CN' ? zh : en).leaving
  const broken = held === 0 ? [] : [fill(text.held, { count: held })]
  const options = {
    type: 'question' as const,
    message: fill(running === 1 ? text.one : text.several, { count: running }),
    detail: [text.detail, ...broken].join('\n\n'),
    buttons: [text.quit, text.stay],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  }
  // A question on a window that is hidden or minimized would never be seen.
  const { response } =
    parent?.isVisible() && !parent.isMinimized()
      ? await dialog.showMessageBox(parent, options)
      : await dialog.showMessageBox(options)
  return response === 0
}
