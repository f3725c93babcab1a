import type { JobRow } from '@shared/contract'
import i18next from 'i18next'
import { api } from '../api'
import { rows } from '../state/jobs'
import { compared, useCompare } from '../state/compare'
import { useView } from '../state/view'
import { toast } from '../ui'
import { hasVideo } from './jobs'
import { attempt } from './say'

/** Whether these can be compared: two to four, all of them videos that can be played. */
export function canCompare(jobs: readonly JobRow[]): boolean {
  return jobs.length >= compared.fewest && jobs.length <= compared.most && jobs.every(hasVideo)
}

/** Whether two to four videos of a batch are at hand, so that comparing it is worth offering. */
export function isComparable(batchId: string): boolean {
  const videos = rows.where((row) => row.batchId === batchId && hasVideo(row)).length
  return videos >= compared.fewest && videos <= compared.most
}

/** Shows two to four jobs side by side. */
export function compare(jobs: readonly JobRow[]): void {
  useCompare.setState({ ids: jobs.toSorted((a, b) => a.seq - b.seq).map(({ id }) => id) })
  useView.getState().setView('compare')
}

/**
 * Shows a batch side by side: all of it where it is small enough, so that what failed or is still being made has its
 * place too, else its videos where they are few enough. Says so where there is nothing to compare, or too much.
 */
export async function compareBatch(batchId: string): Promise<void> {
  const page = await attempt(() => api.jobs.list({ batchId, sort: 'oldest', limit: 200 }))
  if (!page) return
  const videos = page.jobs.filter(hasVideo)
  const whole = page.jobs.length <= compared.most && page.nextCursor === null
  if (videos.length < compared.fewest) toast({ title: i18next.t('compare.tooFew') })
  else if (whole) compare(page.jobs)
  else if (videos.length <= compared.most) compare(videos)
  else toast({ title: i18next.t('compare.tooMany', { count: videos.length }) })
}
