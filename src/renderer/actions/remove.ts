import type { FileFate, JobRow, JobState } from '@shared/contract'
import { runningStates } from '@shared/words'
import i18next from 'i18next'
import { api } from '../api'
import { list, rows } from '../state/jobs'
import { focusCard, useSelection, withoutGone } from '../state/selection'
import { useSettings } from '../state/settings'
import { useStudio } from '../state/studio'
import { useView } from '../state/view'
import { confirm, toast } from '../ui'
import { attempt, portions, sayProblem, undo } from './say'

const running: readonly JobState[] = runningStates

/** The most ids in one call, as the contract has it. */
const most = 10_000
/** A little less than the studio keeps a removed job for. */
const undoMs = 12_000

/** Which word is true of what goes: what never became a video is called a job. */
function kindOf(jobs: readonly JobRow[]): { context?: 'job' } {
  return jobs.some((job) => job.video) ? {} : { context: 'job' }
}

/** Asks what to do with the files; null where the person thinks better of it. */
async function fateOf(jobs: readonly JobRow[]): Promise<FileFate | null> {
  const { settings, set } = useSettings.getState()
  const bin = useStudio.getState().info?.capabilities.trash ?? false
  const count = jobs.length
  const files = jobs.filter((job) => job.video && !job.video.missing).length
  const live = jobs.filter((job) => running.includes(job.state)).length
  const asks = files > 0 && settings.deleteFiles === 'ask'
  const settled: FileFate = settings.deleteFiles === 'trash' ? 'trash' : 'keep'
  if (!asks && live === 0) return settled

  const t = i18next.t
  const stops = count === 1 ? t('actions.ask.runningOnly') : t('actions.ask.running', { count: live })
  const decision = await confirm({
    title: t('actions.ask.title', { count, ...kindOf(jobs) }),
    body: live > 0 ? stops : t('actions.ask.body', { count }),
    action: t('actions.delete'),
    danger: true,
    ...(asks
      ? {
          check: { label: t(bin ? 'actions.ask.file' : 'actions.ask.erase', { count: files }), value: false },
          remember: t('actions.ask.remember'),
        }
      : {}),
  })
  if (!decision.ok) return null
  if (!asks) return settled
  const fate: FileFate = decision.checked ? 'trash' : 'keep'
  if (decision.remember) void set({ deleteFiles: fate })
  return fate
}

function takeOut(jobs: readonly JobRow[]): void {
  const seqs = jobs.map((job) => job.seq)
  const before = list.store.getState().order
  useSelection.setState((state) => withoutGone(state, before, seqs))
  list.removed(seqs)
  focusCard()
  const { activeId, setActive } = useView.getState()
  if (!jobs.some((job) => job.id === activeId)) return
  const { focused } = useSelection.getState()
  setActive((focused === null ? undefined : rows.get(focused)?.id) ?? null)
}

async function restore(jobs: readonly JobRow[]): Promise<void> {
  rows.put(jobs)
  list.returned(jobs.map((job) => job.seq))
  useSelection.setState({ focused: jobs[0]?.seq ?? null })
  focusCard()
  const done = await attempt(async () => {
    for (const ids of portions(
      jobs.map((job) => job.id),
      most,
    ))
      await api.jobs.restore({ ids })
  })
  if (done === null) void list.read('quiet')
}

/**
 * Removes jobs from the history: asks what the settings leave to be asked, takes the cards away at once,
 * and offers to undo. Cards come back where the studio refuses.
 */
export async function removeJobs(jobs: readonly JobRow[]): Promise<void> {
  if (jobs.length === 0) return
  const file = await fateOf(jobs)
  if (file === null) return
  takeOut(jobs)
  try {
    for (const ids of portions(
      jobs.map((job) => job.id),
      most,
    ))
      await api.jobs.removeMany({ ids, file })
    toast({
      title: i18next.t('actions.deleted', { count: jobs.length, ...kindOf(jobs) }),
      action: undo(() => void restore(jobs)),
      timeout: undoMs,
    })
    // With the last card the focus would be nowhere.
    if (document.activeElement === document.body) document.querySelector('main')?.focus()
  } catch (error) {
    sayProblem(error)
    void list.read('quiet')
  }
}
