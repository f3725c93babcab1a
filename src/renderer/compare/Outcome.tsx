import { IconStarFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { jobActions } from '../actions'
import { Button } from '../ui'
import styles from './Compare.module.css'
import type { Column } from './useColumns'

interface OutcomeProps {
  winner: Column
  others: Column[]
  onDone: () => void
}

/** What can follow once a winner was picked. */
export function Outcome({ winner, others, onDone }: OutcomeProps) {
  const { t } = useTranslation()
  const starred = others.filter(({ row }) => row?.favourite)
  const there = others.filter(({ row }) => row)
  const ids = (columns: Column[]) => columns.map(({ id }) => id)
  return (
    <div className={styles.outcome}>
      <p role="status">
        <IconStarFilled size={16} />
        {t('compare.won', { letter: winner.letter })}
      </p>
      {starred.length === 0 ? null : (
        <Button size="s" onClick={() => void jobActions.favourite(ids(starred), false)}>
          {t('compare.unstar', { count: starred.length })}
        </Button>
      )}
      {there.length === 0 ? null : (
        <Button size="s" onClick={() => void jobActions.remove(ids(there))}>
          {t('compare.removeOthers', { count: there.length })}
        </Button>
      )}
      <Button size="s" variant="primary" onClick={onDone}>
        {t('compare.done')}
      </Button>
    </div>
  )
}
