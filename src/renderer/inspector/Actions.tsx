import type { JobRow } from '@shared/contract'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { canCancel, canRetry, hasVideo, jobActions, jobMenu, onlyStopsWaiting } from '../actions'
import { Button, Menu } from '../ui'
import styles from './Inspector.module.css'

/** The four ways on that fit the job's state, and all others in a menu. */
export function Actions({ row }: { row: JobRow }) {
  const { t } = useTranslation()
  const { id } = row
  const first = canCancel(row) ? 'cancel' : canRetry(row) ? 'retry' : null
  const shown = new Set(['reuse', 'vary', first ?? 'continue'])
  const entries = jobMenu(row).filter((entry) => entry.kind !== 'item' || !shown.has(entry.id))
  while (entries[0]?.kind === 'separator') entries.shift()
  return (
    <div className={styles.actions}>
      {first === 'cancel' ? (
        <Button onClick={() => void jobActions.cancel([id])}>
          {t(onlyStopsWaiting(row) ? 'actions.stopWaiting' : 'inspector.act.cancel')}
        </Button>
      ) : null}
      {first === 'retry' ? (
        <Button onClick={() => void jobActions.retry(id)}>{t('inspector.act.retry')}</Button>
      ) : null}
      <Button onClick={() => void jobActions.reuse(id)}>{t('inspector.act.reuse')}</Button>
      <Button onClick={() => void jobActions.vary(id)}>{t('inspector.act.vary')}</Button>
      {first === null ? (
        <Button disabled={!hasVideo(row)} onClick={() => void jobActions.continueFrom(id)}>
          {t('inspector.act.continue')}
        </Button>
      ) : null}
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
