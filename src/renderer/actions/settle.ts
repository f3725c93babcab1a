import i18next from 'i18next'
import { api } from '../api'
import { rows } from '../state/jobs'
import { confirm } from '../ui'
import { attempt } from './say'

/** Asks the provider about a job whose outcome is not known, or sends the same request with the same token. */
export async function checkAgain(id: string): Promise<void> {
  const row = await attempt(() => api.jobs.resolve({ id, how: 'check' }))
  if (row) rows.put([row])
}

/** Lets a job rest of which nobody knows whether it was charged, after asking. */
export async function dismissJob(id: string): Promise<void> {
  const { ok } = await confirm({
    title: i18next.t('actions.dismissAsk.title'),
    body: i18next.t('actions.dismissAsk.body'),
    action: i18next.t('actions.dismissAsk.action'),
  })
  if (!ok) return
  const row = await attempt(() => api.jobs.resolve({ id, how: 'dismiss' }))
  if (row) rows.put([row])
}

/** Downloads a video again that the provider has made. */
export async function fetchAgain(id: string): Promise<void> {
  const row = await attempt(() => api.jobs.fetchAgain({ id }))
  if (row) rows.put([row])
}
