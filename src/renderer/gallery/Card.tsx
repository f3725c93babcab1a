import type { JobRow, JobState } from '@shared/contract'
import { runningStates } from '@shared/words'
import { IconCheck, IconStarFilled } from '@tabler/icons-react'
import i18next from 'i18next'
import { memo, useEffect, useRef, useState } from 'react'
import { hasVideo } from '../actions'
import { duration } from '../format'
import { turnOf, useLine, useRow } from '../state/jobs'
import { useSelection } from '../state/selection'
import { useSettings } from '../state/settings'
import { useStudio } from '../state/studio'
import { Buttons } from './Buttons'
import styles from './Card.module.css'
import { Overlay } from './Overlay'
import { Picture } from './Picture'
import { useSeen } from './pace'
import { usePointed } from './pointed'
import { statusOf, ticks } from './status'
import { useNow } from './useNow'
import { priceWords } from './words'

export interface CardProps {
  seq: number
  /** Column, from 1. */
  column: number
  /** The one card of the grid that the tab key reaches. */
  tabStop: boolean
  /** Marks to choose several are shown. */
  marks: boolean
  /** Of the page; another one draws the words anew. */
  language: string
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

/** Everything a card says about its job. */
function useFace(row: JobRow | undefined) {
  const model = useStudio((state) => (row ? state.models[row.model] : undefined))
  const turn = useLine((state) => (row?.state === 'queued' ? turnOf(state.jobs, row.seq) : null))
  const queuePaused = useSettings((state) => row?.state === 'queued' && state.settings.queuePaused)
  const now = useNow(row !== undefined && ticks(row))
  return { model, status: row ? statusOf(row, { model, turn, now, queuePaused }) : null }
}

interface FaceProps extends ReturnType<typeof useFace> {
  row: JobRow
  /** Whether the card is marked as chosen; null where there are no marks. */
  mark: boolean | null
}

function Face({ row, mark, model, status }: FaceProps) {
  const pointed = usePointed((state) => state.seq === row.seq)
  const playing = usePointed((state) => state.playing && state.seq === row.seq)
  const [lit, unlit] = useLit(row.state)
  return (
    <>
      <div className={styles.caption}>
        <div className={styles.title} dir="auto">
          {row.prompt.trim() || i18next.t('card.noPrompt')}
        </div>
        <div className={styles.meta}>
          <span className={styles.model}>{model?.label ?? row.model}</span>
          <span className={styles.price}>{priceWords(row, model)}</span>
        </div>
      </div>
      <div className={styles.picture} data-lit={lit ? '' : undefined} onAnimationEnd={unlit}>
        <Picture row={row} dimmed={status !== null} playing={playing && hasVideo(row)} />
        {status ? (
          <Overlay status={status} />
        ) : (
          <span className="sr-only">{i18next.t('state.completed')}</span>
        )}
        {status === null && row.video ? (
          <span className={styles.tag}>{duration(row.video.durationMs)}</span>
        ) : null}
        {mark === null ? null : (
          <span className={styles.check} data-on={mark ? '' : undefined}>
            {mark ? <IconCheck size={14} stroke={2.6} aria-hidden="true" /> : null}
          </span>
        )}
        {row.favourite && !pointed ? (
          <IconStarFilled
            className={styles.starred}
            size={15}
            role="img"
            aria-label={i18next.t('card.favourite')}
          />
        ) : null}
        {pointed ? <Buttons row={row} /> : null}
      </div>
    </>
  )
}

/** The shape of a card without its contents. */
export function Blank() {
  return (
    <>
      <span className="sr-only">{i18next.t('card.loading')}</span>
      <div className={`${styles.picture} ${styles.blank}`} />
      <div className={styles.line} />
      <div className={`${styles.line} ${styles.short}`} />
    </>
  )
}

/** One job in the grid; a skeleton of the same size while its row is on the way. */
export const Card = memo(function Card({ seq, column, tabStop, marks }: CardProps) {
  const known = useRow(seq)
  const row = useSeen() ? known : undefined
  const face = useFace(row)
  const chosen = useSelection((state) => state.chosen.has(seq))
  return (
    <div
      role="gridcell"
      className={styles.card}
      data-seq={seq}
      data-state={row?.state}
      aria-colindex={column}
      aria-selected={chosen}
      tabIndex={tabStop ? 0 : -1}
      draggable={row !== undefined && hasVideo(row)}
    >
      {row ? <Face row={row} mark={marks ? chosen : null} {...face} /> : <Blank />}
    </div>
  )
})
