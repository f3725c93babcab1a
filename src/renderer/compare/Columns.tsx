import { IconPlayerSkipForward, IconStarFilled, IconTrophy, IconVolume } from '@tabler/icons-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { duration } from '../format'
import { costOf } from '../inspector/facts'
import { useStudio } from '../state/studio'
import { Button } from '../ui'
import styles from './Compare.module.css'
import type { Ensemble } from './ensemble'
import { costText } from './facts'
import { layoutOf, type Box, type Room } from './layout'
import { Picture } from './Picture'
import type { Column } from './useColumns'

/** As in the style sheet: between pictures, and the height of what stands under each. */
const gap = 16
const foot = 44
/** What header, transport and the first lines of the table take of the view's height, and the least for pictures. */
const beside = 244
const least = 240

interface ColumnsProps {
  columns: Column[]
  ensemble: Ensemble
  winner: string | null
  onPick: (id: string) => void
}

/** How much room the pictures have. */
function useRoom() {
  const element = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<Room | null>(null)
  useEffect(() => {
    const stage = element.current
    const view = stage?.parentElement
    if (!stage || !view) return undefined
    const watch = new ResizeObserver(() =>
      setRoom({ width: stage.clientWidth, height: Math.max(least, view.clientHeight - beside) }),
    )
    watch.observe(view)
    watch.observe(stage)
    return () => watch.disconnect()
  }, [])
  return [element, room] as const
}

/** The videos side by side, as large as they go. */
export function Columns({ columns, ensemble, winner, onPick }: ColumnsProps) {
  const [stage, room] = useRoom()
  const ratios = columns.map(({ row }) =>
    row?.video ? row.video.width / row.video.height : (row?.ratio ?? 16 / 9),
  )
  const layout = room && layoutOf(ratios, room, gap, foot)
  return (
    <div className={styles.stage} ref={stage} style={{ height: layout?.height ?? 0 }}>
      {columns.map((column, place) => {
        const box = layout?.boxes[place]
        return box ? (
          <Shown
            key={column.id}
            column={column}
            box={box}
            ensemble={ensemble}
            isWinner={column.id === winner}
            onPick={onPick}
          />
        ) : null
      })}
    </div>
  )
}

interface ShownProps extends Pick<ColumnsProps, 'ensemble' | 'onPick'> {
  column: Column
  box: Box
  isWinner: boolean
}

function Shown({ column, box, ensemble, isWinner, onPick }: ShownProps) {
  const { t } = useTranslation()
  const { id, letter, row } = column
  const model = useStudio((state) => (row ? state.models[row.model] : undefined))
  const { holding, heard, broken } = useSyncExternalStore(ensemble.subscribe, ensemble.standing)
  const video = row?.video && !row.video.missing ? row.video : null
  const cost = row && column.detail ? costOf(row, column.detail) : null
  const about = [
    model?.label ?? row?.model,
    video ? duration(video.durationMs) : null,
    cost ? costText(t, cost) : null,
  ]
    .filter((part) => typeof part === 'string')
    .join(' · ')
  return (
    <figure
      className={styles.column}
      data-winner={isWinner ? '' : undefined}
      style={{ left: box.left, top: box.top, width: box.width }}
    >
      <div className={styles.frame} style={{ height: box.height }}>
        <Picture column={column} ensemble={ensemble} broken={broken.has(id)} />
        <span className={styles.letter}>{letter}</span>
        {video && holding.has(id) ? (
          <span className={styles.holding}>
            <IconPlayerSkipForward size={14} stroke={1.8} />
            {t('compare.holding', { length: duration(video.durationMs) })}
          </span>
        ) : null}
      </div>
      <figcaption className={styles.caption}>
        <span className={styles.name}>
          <span>{about}</span>
          {heard === id ? (
            <span className={styles.heard} title={t('compare.heard')}>
              <IconVolume size={14} stroke={1.8} aria-label={t('compare.heard')} role="img" />
            </span>
          ) : null}
        </span>
        {isWinner ? (
          <span className={styles.won}>
            <IconStarFilled size={14} />
            {t('compare.winner')}
          </span>
        ) : (
          <Button
            size="s"
            icon={<IconTrophy size={15} stroke={1.7} />}
            disabled={video === null}
            aria-label={t('compare.pickNamed', { letter })}
            onClick={() => onPick(id)}
          >
            <span>{t('compare.pick')}</span>
          </Button>
        )}
      </figcaption>
    </figure>
  )
}
