import i18next from 'i18next'
import { create } from 'zustand'
import { api, mediaUrl } from '../api'
import { rows } from '../state/jobs'
import { useStudio } from '../state/studio'
import { toast } from '../ui'
import { attempt, sayProblem } from './say'

/** Shows the video's file in the system's file manager. */
export async function reveal(id: string): Promise<void> {
  await attempt(() => api.library.reveal({ id }))
}

/** Opens the video in the system's player. */
export async function open(id: string): Promise<void> {
  await attempt(() => api.library.open({ id }))
}

/** Copies a video elsewhere: with the system's dialog where there is one, else as a download. */
export async function exportCopy(id: string): Promise<void> {
  if (!useStudio.getState().info?.capabilities.dialogs) {
    download(id)
    return
  }
  const copy = await attempt(() => api.library.export({ id }))
  if (copy) toast({ title: i18next.t('actions.exported'), body: copy.path, tone: 'done' })
}

function download(id: string): void {
  const link = document.createElement('a')
  link.href = mediaUrl.download(id)
  link.download = ''
  link.click()
}

/** The job whose file is being looked for by typing its path; null while nobody asks. */
export const useLocating = create<{ id: string | null }>(() => ({ id: null }))

/** Says where a moved video lies now: by the system's dialog where there is one, else by typing its path. */
export async function locate(id: string): Promise<void> {
  if (useStudio.getState().info?.capabilities.dialogs) await locateAt(id)
  else useLocating.setState({ id })
}

/** Takes the file at `path`, or the one chosen in the system's dialog; true where it was the right one. */
export async function locateAt(id: string, path?: string): Promise<boolean> {
  const row = await attempt(() => api.library.locate({ id, ...(path === undefined ? {} : { path }) }))
  if (!row) return false
  rows.put([row])
  toast({ title: i18next.t('actions.located'), tone: 'done' })
  return true
}

/** Copies a job's whole prompt to the clipboard. */
export async function copyPrompt(id: string): Promise<void> {
  const detail = await attempt(() => api.jobs.get({ id }))
  if (detail) await copyText(detail.prompt, 'actions.copied', 'actions.notCopied')
}

/** Copies the link by which the installed program opens a job. */
export async function copyLink(id: string): Promise<void> {
  await copyText(`dailies://job/${id}`, 'actions.linkCopied', 'actions.linkNotCopied')
}

async function copyText(
  text: string,
  done: 'actions.copied' | 'actions.linkCopied',
  failed: 'actions.notCopied' | 'actions.linkNotCopied',
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast({ title: i18next.t(done) })
  } catch {
    toast({ title: i18next.t(failed), tone: 'error' })
  }
}

/** Begins to drag videos out to another program; only where the shell can. */
export function dragOut(ids: readonly string[]): void {
  api.library.dragOut({ ids: ids.slice(0, 100) }).catch(sayProblem)
}
