import en from '@shared/messages/en.json' with { type: 'json' }
import zh from '@shared/messages/zh-CN.json' with { type: 'json' }
import { fill } from '@shared/problems'
import type { JobRecord } from '../history'
import type { JobDeps } from './engine'

const bodyLength = 120

/**
 * Tells the person that a job ended, by the system, where the shell can and the person wants it. The jobs of a batch
 * are told of once, when the last of them has ended.
 */
export function notify(
  { desk, settings, history }: Pick<JobDeps, 'desk' | 'settings' | 'history'>,
  job: JobRecord,
): void {
  const { notify: wanted, language } = settings.get()
  const { state } = job
  if (!desk.notify || !wanted || job.removedAt !== null || job.fileMissing) return
  if (state !== 'completed' && state !== 'failed' && state !== 'needs_attention' && state !== 'cancelled')
    return
  const words = (language === 'system' ? systemLanguage() : language) === 'zh-CN' ? zh.notify : en.notify
  const body = job.prompt.replaceAll(/\s+/g, ' ').trim().slice(0, bodyLength).toWellFormed()
  const counts = job.batchId === null ? null : history.lists.counts({ batchId: job.batchId })
  if (counts !== null && counts.all > 1) {
    if (counts.running > 0) return
    const title = fill(words.batch, { completed: counts.completed, all: counts.all })
    desk.notify({ jobId: job.id, state, title, body })
    return
  }
  if (state !== 'cancelled') desk.notify({ jobId: job.id, state, title: words[state], body })
}

function systemLanguage(): string {
  return new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale).language === 'zh' ? 'zh-CN' : 'en'
}
