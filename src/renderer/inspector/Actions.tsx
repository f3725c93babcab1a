import type { JobRow } from '@shared/contract'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import {
  canCancel,
  canRetry,
  hasVideo,
  jobActions,
  jobMenu,
  mayPayTwice,
  onlyStopsWaiting,
  settlingOf,
} from '../actions'
import { Button, Menu } from '../ui'
import styles from './Inspector.module.css'

type First = 'cancel' | 'fetch' | 'watch' | 'check' | 'dismiss' | 'retry' | 'continue'

/** The first way on: what may have been paid for is settled, never offered to be paid once more. */
function firstOf(row: JobRow): First | null {
  if (canCancel(row)) return 'cancel'
  if (!canRetry(row)) return 'continue'
  return settlingOf(row) ?? (mayPayTwice(row) ? null : 'retry')
}

/** The entry of the menu that is the same way. */
const inMenu = (first: First) => (first === 'watch' ? 'fetch' : first)

/** The ways on that fit the job's state, and all others in a menu. */
export function Actions({ row }: { row: JobRow }) {
  const { t } = useTranslation()
  const { id } = row
  const first = firstOf(row)
  // Another seed would be paid for as well.
  const varies = first === null || !mayPayTwice(row)
  const shown = new Set<string>([
    'reuse',
    ...(varies ? ['vary'] : []),
    ...(first === null ? [] : [inMenu(first)]),
  ])
  const entries = jobMenu(row).filter((entry) => entry.kind !== 'item' || !shown.has(entry.id))
  while (entries[0]?.kind === 'separator') entries.shift()
  return (
    <div className={styles.actions} data-few={mayPayTwice(row) ? '' : undefined}>
      {first === null ? null : <FirstAction row={row} first={first} />}
      <Button onClick={() => void jobActions.reuse(id)}>{t('inspector.act.reuse')}</Button>
      {varies ? <Button onClick={() => void jobActions.vary(id)}>{t('inspector.act.vary')}</Button> : null}
      <Menu
        align="end"
        entries={entries}
        trigger={
          <Button aria-label={t('inspector.act.more')}>
            <IconDots size={16} />
          </Button>
        }
      />
    </div>
  )
}

function FirstAction({ row, first }: { row: JobRow; first: First }) {
  const { t } = useTranslation()
  const { id } = row
  switch (first) {
    case 'cancel':
      return (
        <Button onClick={() => void jobActions.cancel([id])}>
          {t(onlyStopsWaiting(row) ? 'actions.stopWaiting' : 'inspector.act.cancel')}
        </Button>
      )
    case 'fetch':
      return (
        <Button
          variant="primary"
          title={t('inspector.fetchable.body')}
          onClick={() => void jobActions.fetchAgain(id)}
        >
          {t('inspector.act.fetch')}
        </Button>
      )
    case 'watch':
      return (
        <Button
          variant="primary"
          title={t('inspector.fetchable.watch')}
          onClick={() => void jobActions.fetchAgain(id)}
        >
          {t('inspector.act.watch')}
        </Button>
      )
    case 'check':
      return (
        <Button variant="primary" onClick={() => void jobActions.checkAgain(id)}>
          {t('inspector.act.check')}
        </Button>
      )
    case 'dismiss':
      return <Button onClick={() => void jobActions.dismiss(id)}>{t('inspector.act.dismiss')}</Button>
    case 'retry':
      return <Button onClick={() => void jobActions.retry(id)}>{t('inspector.act.retry')}</Button>
    case 'continue':
      return (
        <Button disabled={!hasVideo(row)} onClick={() => void jobActions.continueFrom(id)}>
          {t('inspector.act.continue')}
        </Button>
      )
  }
}
