import type { JobRow } from '@shared/contract'
import {
  IconArrowBarToRight,
  IconArrowBarToUp,
  IconBan,
  IconCloudDownload,
  IconColumns2,
  IconCopy,
  IconDice3,
  IconDownload,
  IconExternalLink,
  IconFileSearch,
  IconFolder,
  IconLink,
  IconMoon,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconRepeat,
  IconSearch,
  IconStar,
  IconStarOff,
  IconTrash,
  type Icon,
} from '@tabler/icons-react'
import i18next from 'i18next'
import { count } from '../format'
import { rows } from '../state/jobs'
import { useStudio } from '../state/studio'
import type { MenuEntry } from '../ui'
import { mayPayTwice } from './again'
import { batchActions } from './batch'
import { canCompare, compare, compareBatch, isComparable } from './compare'
import { canCancel, canCheck, canRetry, hasVideo, jobActions, onlyStopsWaiting } from './jobs'
import { queueActions } from './queue'

type Item = Extract<MenuEntry, { kind: 'item' }>

function item(
  id: string,
  label: string,
  Sign: Icon,
  run: () => Promise<void>,
  more: Partial<Item> = {},
): Item {
  return { kind: 'item', id, label, icon: <Sign size={16} />, onSelect: () => void run(), ...more }
}

/** What can be done with one job, as a menu in the page's language: only what applies, the drastic last. */
export function jobMenu(row: JobRow): MenuEntry[] {
  const t = i18next.t
  const { id, batchId, favourite } = row
  const waits = row.state === 'queued'
  const { dialogs = false, reveal = false, desktop } = useStudio.getState().info?.capabilities ?? {}
  const video = hasVideo(row)
  const act = jobActions
  const when = (applies: boolean, entry: Item): MenuEntry[] => (applies ? [entry] : [])
  const star = favourite ? t('actions.unfavourite') : t('actions.favourite')
  const save = dialogs ? t('actions.export') : t('actions.download')

  return [
    ...when(
      canCheck(row),
      item('check', t('actions.check'), IconSearch, () => act.checkAgain(id)),
    ),
    ...when(
      row.fetchable,
      item('fetch', t(row.state === 'cancelled' ? 'actions.watch' : 'actions.fetch'), IconCloudDownload, () =>
        act.fetchAgain(id),
      ),
    ),
    ...when(
      canRetry(row),
      item('retry', t(mayPayTwice(row) ? 'actions.retryPaid.action' : 'actions.retry'), IconRefresh, () =>
        act.retry(id),
      ),
    ),
    item('reuse', t('actions.reuse'), IconRepeat, () => act.reuse(id)),
    item('vary', t('actions.vary'), IconDice3, () => act.vary(id)),
    ...when(
      video,
      item('continue', t('actions.continue'), IconArrowBarToRight, () => act.continueFrom(id)),
    ),
    ...(batchId !== null && video && isComparable(batchId)
      ? [item('compareBatch', t('compare.batch'), IconColumns2, () => compareBatch(batchId))]
      : []),
    { kind: 'separator' },
    item('favourite', star, favourite ? IconStarOff : IconStar, () => act.favourite([id], !favourite), {
      kbd: 'F',
    }),
    item('copyPrompt', t('actions.copyPrompt'), IconCopy, () => act.copyPrompt(id)),
    ...when(
      desktop !== undefined,
      item('copyLink', t('actions.copyLink'), IconLink, () => act.copyLink(id)),
    ),
    ...when(
      video && reveal,
      item('open', t('actions.open'), IconExternalLink, () => act.open(id)),
    ),
    ...when(
      video && reveal,
      item('reveal', t('actions.reveal'), IconFolder, () => act.reveal(id)),
    ),
    ...when(
      video,
      item('export', save, IconDownload, () => act.exportCopy(id)),
    ),
    ...when(
      row.video?.missing === true,
      item('locate', t('actions.locate'), IconFileSearch, () => act.locate(id)),
    ),
    { kind: 'separator' },
    ...when(
      row.state === 'needs_attention',
      item('dismiss', t('actions.dismiss'), IconMoon, () => act.dismiss(id)),
    ),
    ...when(
      waits && row.waiting !== 'paused',
      item('pause', t('actions.pause'), IconPlayerPause, () => queueActions.pause([id])),
    ),
    ...when(
      waits && row.waiting === 'paused',
      item('resume', t('actions.resume'), IconPlayerPlay, () => queueActions.resume([id])),
    ),
    ...when(
      waits,
      item('first', t('actions.first'), IconArrowBarToUp, () => queueActions.move([id], 'top')),
    ),
    ...when(
      canCancel(row),
      item('cancel', t(onlyStopsWaiting(row) ? 'actions.stopWaiting' : 'actions.cancel'), IconBan, () =>
        act.cancel([id]),
      ),
    ),
    ...(batchId !== null && canCancel(row)
      ? [item('cancelBatch', t('actions.cancelBatch'), IconBan, () => queueActions.cancelBatch(batchId))]
      : []),
    item('delete', t('actions.delete'), IconTrash, () => act.remove([id]), { kbd: 'Delete', danger: true }),
  ]
}

/** What can be done with several cards, named by `seq`. Each entry does what applies and leaves the rest alone. */
export function manyMenu(seqs: readonly number[]): MenuEntry[] {
  const t = i18next.t
  const act = batchActions
  const found = seqs.flatMap((seq) => rows.get(seq) ?? [])
  return [
    { kind: 'label', label: t('gallery.selected', { count: seqs.length, formatted: count(seqs.length) }) },
    item('favourite', t('card.favourite'), IconStar, () => act.favourite(seqs), { kbd: 'F' }),
    ...(found.length === seqs.length && canCompare(found)
      ? [item('compare', t('compare.action'), IconColumns2, async () => compare(found), { kbd: 'C' })]
      : []),
    item('retry', t('actions.retryFailed'), IconRefresh, () => act.retry(seqs)),
    item('cancel', t('actions.cancel'), IconBan, () => act.cancel(seqs)),
    { kind: 'separator' },
    item('delete', t('actions.delete'), IconTrash, () => act.remove(seqs), { kbd: 'Delete', danger: true }),
  ]
}
