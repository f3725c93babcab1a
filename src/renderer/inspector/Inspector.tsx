import type { JobDetail, JobRow } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../api'
import { useDetail, useRowById } from '../state/jobs'
import { useSelection } from '../state/selection'
import { useView } from '../state/view'
import { Button } from '../ui'
import { Actions } from './Actions'
import { Facts } from './Facts'
import styles from './Inspector.module.css'
import { Nothing } from './Nothing'
import { PromptText } from './PromptText'
import { Several } from './Several'
import { Situation } from './Situation'
import { Stage } from './Stage'
import { Timeline } from './Timeline'
import { useWaysOut } from './useWaysOut'
import { Wire } from './Wire'

/** Everything needed to trust, repeat or mend what is chosen in the gallery. */
export function Inspector() {
  const id = useView((state) => state.activeId)
  const chosen = useSelection((state) => state.chosen)
  if (chosen.size > 1) return <Several seqs={chosen} />
  return id === null ? <Nothing /> : <One key={id} id={id} />
}

function One({ id }: { id: string }) {
  const row = useRowById(id)
  const { detail, error } = useDetail(id)
  if (!row && !detail) return error ? <Gone error={error} /> : <Loading />
  const job = row ?? detail
  return job ? <Job row={job} detail={detail} /> : null
}

function Job({ row, detail }: { row: JobRow; detail: JobDetail | null }) {
  const { t } = useTranslation()
  const prompt = detail?.prompt ?? row.prompt
  useWaysOut(row)
  return (
    <div className={styles.inspector} tabIndex={0} role="region" aria-label={t('inspector.label')}>
      <div className={styles.top}>
        <Stage row={row} />
        <Actions row={row} />
      </div>
      <Situation row={row} detail={detail} />
      <PromptText key={prompt} prompt={prompt} />
      {detail ? (
        <>
          <Facts row={row} detail={detail} />
          <Timeline events={detail.events} />
          <Wire detail={detail} />
        </>
      ) : null}
    </div>
  )
}

function Loading() {
  return (
    <div className={styles.inspector} aria-busy="true">
      <div className={styles.top}>
        <div className={styles.blank} />
      </div>
    </div>
  )
}

function Gone({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const setActive = useView((state) => state.setActive)
  const { title, hint } = problemOf(error)
  return (
    <div className={styles.gone}>
      <p className={styles.goneTitle}>{title}</p>
      {hint === null ? null : <p>{hint}</p>}
      <Button onClick={() => setActive(null)}>{t('ui.close')}</Button>
    </div>
  )
}
