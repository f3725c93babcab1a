import type { JobRow, JobState } from '@shared/contract'
import { runningStates } from '@shared/words'
import i18next from 'i18next'
import { subscribe } from '../api'
import { useSettings } from '../state/settings'
import { useStudio } from '../state/studio'
import { useView } from '../state/view'

const running: readonly JobState[] = runningStates

/** Jobs that end close together are told in one breath. */
const TOGETHER_MS = 1500

let unseen = 0
let ended: JobRow[] = []
let telling: ReturnType<typeof setTimeout> | undefined

function showTitle(): void {
  document.title = unseen === 0 ? 'Dailies' : `(${unseen}) Dailies`
}

function notify(jobs: JobRow[]): void {
  const [first] = jobs
  const { info } = useStudio.getState()
  if (first === undefined || info?.capabilities.systemNotifications !== false) return
  if (!useSettings.getState().settings.notify || Notification.permission !== 'granted') return
  const title =
    jobs.length > 1
      ? i18next.t('app.ended.several', { count: jobs.length })
      : i18next.t(
          `app.ended.${first.state === 'completed' ? 'completed' : first.state === 'failed' ? 'failed' : 'attention'}`,
        )
  const note = new Notification(title, { body: first.prompt.slice(0, 120), tag: 'dailies-ended' })
  note.addEventListener('click', () => {
    window.focus()
    const { setView, setActive } = useView.getState()
    setView('gallery')
    setActive(first.id)
    note.close()
  })
}

function tell(): void {
  telling = undefined
  notify(ended)
  ended = []
}

/** Counts in the title, and tells by notification, which jobs ended while nobody was looking. */
export function tellOfEndings(): void {
  const known = new Set<string>()
  subscribe((event) => {
    if (event.type === 'progress') known.add(event.id)
    if (event.type !== 'job') return
    const { job } = event
    if (running.includes(job.state)) {
      known.add(job.id)
      return
    }
    if (!known.delete(job.id) || job.state === 'cancelled' || !document.hidden) return
    unseen += 1
    showTitle()
    ended.push(job)
    telling ??= setTimeout(tell, TOGETHER_MS)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    unseen = 0
    showTitle()
  })
}
