import { IconArrowLeft } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasVideo, jobActions } from '../actions'
import { useCompare } from '../state/compare'
import { focusCard } from '../state/selection'
import { useView } from '../state/view'
import { Button } from '../ui'
import { Columns } from './Columns'
import styles from './Compare.module.css'
import { Ensemble } from './ensemble'
import { Outcome } from './Outcome'
import { stepRate } from './sync'
import { Table } from './Table'
import { Transport } from './Transport'
import { useColumns } from './useColumns'
import { useCompareCommands } from './useCompareCommands'
import { winnerOf } from './winner'

/** Back to the gallery, to the card the keyboard was on; what was chosen stays chosen. */
function back(): void {
  useView.getState().setView('gallery')
  focusCard()
}

/** Two to four videos side by side, played as one, with what they were made of beneath. */
export function CompareView() {
  const { t } = useTranslation()
  const ids = useCompare((state) => state.ids)
  const [ensemble] = useState(() => new Ensemble())
  const columns = useColumns(ids)
  const [picked, setPicked] = useState<string | null>(null)
  const winner = winnerOf(columns)
  const playable = columns.flatMap(({ row }) => (row?.video && hasVideo(row) ? [row.video] : []))
  const chosen = columns.find(({ id, row }) => id === picked && row?.favourite)
  const others = columns.filter(({ id }) => id !== picked)
  const gone = picked !== null && others.every(({ row, error }) => !row && error !== null)

  useEffect(() => {
    if (ids.length === 0 || gone) back()
  }, [ids, gone])

  const pick = (id: string) => {
    const column = columns.find((own) => own.id === id)
    if (!column?.row?.video) return
    setPicked(id)
    if (!column.row.favourite) void jobActions.favourite([id], true)
  }
  useCompareCommands({ ensemble, first: ids[0] ?? '', pick, back })

  return (
    <section className={styles.view} aria-labelledby="compare-title">
      <header className={styles.header}>
        <Button variant="quiet" icon={<IconArrowLeft size={16} />} kbd="Escape" onClick={back}>
          {t('nav.gallery')}
        </Button>
        <h1 id="compare-title" className={styles.title}>
          {t('compare.title', { count: columns.length })}
        </h1>
        {chosen ? <Outcome winner={chosen} others={others} onDone={back} /> : null}
      </header>
      <Columns columns={columns} ensemble={ensemble} winner={chosen?.id ?? winner} onPick={pick} />
      <Transport ensemble={ensemble} step={1 / stepRate(playable)} />
      <Table columns={columns} />
    </section>
  )
}
