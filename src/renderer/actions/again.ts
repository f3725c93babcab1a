import type { JobRow } from '@shared/contract'
import i18next from 'i18next'
import { api, readLastFrame } from '../api'
import { approve } from '../money'
import { useComposer } from '../state/composer'
import { rows } from '../state/jobs'
import { nameOf, useStudio } from '../state/studio'
import { useView } from '../state/view'
import { confirm, dismissToast, toast } from '../ui'
import { paysTwice } from './asked'
import { attempt, undo } from './say'

/** Brings a job's card and details before the person. */
export function showJob(id: string): void {
  const { setView, setActive } = useView.getState()
  setView('gallery')
  setActive(id)
}

/** Whether making it again may pay for it a second time: see {@link paysTwice}. */
export function mayPayTwice(row: JobRow): boolean {
  return paysTwice(row, useStudio.getState().models[row.model])
}

/** Asks before a job is made again that may have been charged already, or whose video can still be had. */
async function sureOf(row: JobRow | undefined): Promise<boolean> {
  if (!row || !mayPayTwice(row)) return true
  const { ok } = await confirm({
    title: i18next.t('actions.retryPaid.title'),
    body: i18next.t(`actions.retryPaid.${row.fetchable ? 'fetchable' : 'body'}`),
    action: i18next.t('actions.retryPaid.action'),
  })
  return ok
}

async function again(id: string, newSeed: boolean): Promise<void> {
  const row = rows.byId(id)
  if (!(await sureOf(row))) return
  const made = await attempt(() =>
    approve((approved) => api.jobs.retry({ id, newSeed, ...approved }), {
      verb: newSeed ? 'generate' : 'retry',
      models: row ? [nameOf(row.model)] : [],
    }),
  )
  if (!made) return
  toast({
    title: i18next.t('actions.started', { count: 1 }),
    action: { label: i18next.t('actions.show'), run: () => showJob(made.id) },
    timeout: 5000,
  })
}

/** The same job once more. */
export function retry(id: string): Promise<void> {
  return again(id, false)
}

/** The same job with another seed. */
export function vary(id: string): Promise<void> {
  return again(id, true)
}

/** Fills the composer with what a job was made of; what stood there can be brought back. */
export async function reuse(id: string): Promise<void> {
  const composer = useComposer.getState()
  const before = await attempt(async () => composer.reuse(await api.jobs.get({ id }), { newSeed: false }))
  if (!before) return
  composer.focus()
  if (before.prompt.trim() === '' && before.inputs.length === 0) return
  toast({ title: i18next.t('actions.reused'), action: undo(() => composer.fill(before)) })
}

/** Puts the last frame of a finished video into the composer as the first frame of the next. */
export async function continueFrom(id: string): Promise<void> {
  const note = toast({ id: `frame-${id}`, title: i18next.t('actions.readingFrame'), timeout: 0 })
  const asset = await attempt(() => readLastFrame(id))
  dismissToast(note)
  if (!asset) return
  const composer = useComposer.getState()
  composer.addInput('first', asset)
  composer.focus()
  toast({ title: i18next.t('actions.continued'), tone: 'done' })
}
