import type { JobRow, JobState } from '@shared/contract'
import { runningStates } from '@shared/words'
import { IconCheck, IconDots, IconStar, IconStarFilled } from '@tabler/icons-react'
import { memo, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasVideo } from '../actions'
import { duration } from '../format'
import { turnOf, useLine, useRow } from '../state/jobs'
import { useSelection } from '../state/selection'
import { useStudio } from '../state/studio'
import styles from './Card.module.css'
import { Overlay } from './Overlay'
import { Picture } from './Picture'
import { usePreview } from './preview'
import { statusOf, ticks } from './status'
import { useNow } from './useNow'
import { cardName, priceWords } from './words'

export interface CardProps {
  seq: number
  /** Column, from 1. */
  column: number
  /** The one card of the grid that the tab key reaches. */
  tabStop: boolean
}

const running: readonly JobState[] = runningStates

/** True for a moment after the job on this card was seen to finish. */
function useLit(state: JobState): [boolean, () => void] {
  const [lit, setLit] = useState(false)
  const before = useRef(state)
  useEffect(() => {
    if (state === 'completed' && running.includes(before.current)) setLit(true)
    before.current = state
  }, [state])
  return [lit, () => setLit(false)]
}

function Buttons({ row }: { row: JobRow }) {
  const { t } = useTranslation()
  return (
    <div className={styles.buttons}>
      <button
        type="button"
        className={styles.button}
        data-act="menu"
        tabIndex={-1}
        aria-label={t('actions.menu')}
        title={t('actions.menu')}
      >
        <IconDots size={16} />
      </button>
      <button
        type="button"
        className={`${styles.button} ${styles.star}`}
        data-act="star"
        tabIndex={-1}
        aria-label={t(row.favourite ? 'card.unfavourite' : 'card.favourite')}
        aria-pressed={row.favourite}
        title={t(row.favourite ? 'card.unfavourite' : 'card.favourite')}
      >
        {row.favourite ? <IconStarFilled size={15} /> : <IconStar size={15} />}
      </button>
    </div>
  )
}

/** Everything a card says about its job. */
function useFace(row: JobRow | undefined) {
  const model = useStudio((state) => (row ? state.models[row.model] : undefined))
  const turn = useLine((state) => (row?.state === 'queued' ? turnOf(state.jobs, row.seq) : null))
  const now = useNow(row !== undefined && ticks(row))
  return { model, status: row ? statusOf(row, { model, turn, now }) : null }
}

function Face({ row, chosen, model, status }: { row: JobRow; chosen: boolean } & ReturnType<typeof useFace>) {
  const { t } = useTranslation()
  const playing = usePreview((state) => state.seq === row.seq)
  const [lit, unlit] = useLit(row.state)
  return (
    <>
      <div className={styles.picture} data-lit={lit ? '' : undefined} onAnimationEnd={unlit}>
        <Picture row={row} dimmed={status !== null} playing={playing && hasVideo(row)} />
        {status ? <Overlay status={status} /> : null}
        {status === null && row.video ? (
          <span className={styles.tag}>{duration(row.video.durationMs)}</span>
        ) : null}
        <span className={styles.check} data-on={chosen ? '' : undefined} data-act="check" aria-hidden="true">
          <IconCheck size={14} stroke={2.6} />
        </span>
        <Buttons row={row} />
      </div>
      <div className={styles.title}>{row.prompt.trim() || t('card.noPrompt')}</div>
      <div className={styles.meta}>
        <span className={styles.model}>{model?.label ?? row.model}</span>
        <span className={styles.price}>{priceWords(row, model)}</span>
      </div>
    </>
  )
}

/** The shape of a card without its contents. */
export function Blank() {
  return (
    <>
      <div className={`${styles.picture} ${styles.blank}`} />
      <div className={styles.line} />
      <div className={`${styles.line} ${styles.short}`} />
    </>
  )
}

/** One job in the grid; a skeleton of the same size while its row is on the way. */
export const Card = memo(function Card({ seq, column, tabStop }: CardProps) {
  const { t } = useTranslation()
  const row = useRow(seq)
  const face = useFace(row)
  const chosen = useSelection((state) => state.chosen.has(seq))
  return (
    <div
      role="gridcell"
      className={styles.card}
      data-seq={seq}
      data-state={row?.state}
      aria-label={row ? cardName(row, face.model, face.status) : t('card.loading')}
      aria-colindex={column}
      aria-selected={chosen}
      tabIndex={tabStop ? 0 : -1}
      draggable={row !== undefined && hasVideo(row)}
    >
      {row ? <Face row={row} chosen={chosen} {...face} /> : <Blank />}
    </div>
  )
})
