import type { JobRow, QueuePlace } from '@shared/contract'
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconArrowDown,
  IconArrowUp,
  IconBan,
  IconDots,
  IconGripVertical,
  IconPlayerPause,
  IconPlayerPlay,
  IconX,
} from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { memo, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { jobActions, queueActions } from '../actions'
import { priceWords } from '../gallery/words'
import { turnOf, useLine, useRow } from '../state/jobs'
import { useStudio } from '../state/studio'
import { IconButton, Menu, type MenuEntry } from '../ui'
import { dragRow } from './drag'
import { openInGallery } from './open'
import { Picture } from './Picture'
import styles from './Queue.module.css'
import { doing } from './words'

interface WaitingRowProps {
  seq: number
  /** Pixels from the top of the list. */
  top: number
  /** Its place in the queue, from 1, and how many wait. */
  place: number
  count: number
  /** Keeps it drawn wherever the view is, or lets it go. */
  hold: (seq: number, on: boolean) => void
  /** Moves it, and says where it is now; by key, the view follows it. */
  move: (seq: number, to: QueuePlace, byKey: boolean) => void
}

const keys: Partial<Record<string, QueuePlace>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'top',
  End: 'bottom',
}

/** One job in line, with a handle to put it elsewhere; an empty place until its row is at hand. */
export const WaitingRow = memo(function WaitingRow(props: WaitingRowProps) {
  const row = useRow(props.seq)
  if (row === undefined) return <li className={styles.row} style={{ top: props.top }} aria-hidden="true" />
  return <Row {...props} row={row} />
})

function Row({ row, top, place, count, hold, move }: WaitingRowProps & { row: JobRow }) {
  const { t } = useTranslation()
  const line = useRef<HTMLLIElement>(null)
  const turn = useLine((state) => turnOf(state.jobs, row.seq))
  const model = useStudio((studio) => studio.models[row.model])
  const paused = row.waiting === 'paused'
  const prompt = row.prompt === '' ? t('queue.noPrompt') : row.prompt
  const short = prompt.slice(0, 60)

  const onKeyDown = (event: KeyboardEvent) => {
    const to = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
    if (to === undefined) return
    event.preventDefault()
    move(row.seq, to, true)
  }

  return (
    <li
      className={styles.row}
      ref={line}
      style={{ top }}
      aria-posinset={place}
      aria-setsize={count}
      data-seq={row.seq}
      data-id={row.id}
      data-place={place}
      data-paused={paused ? '' : undefined}
    >
      <button
        type="button"
        className={styles.handle}
        data-handle=""
        aria-label={t('queue.handle', { prompt: short, place, count })}
        aria-describedby="queue-handle-hint"
        onKeyDown={onKeyDown}
        onFocus={() => hold(row.seq, true)}
        onBlur={() => hold(row.seq, false)}
        onPointerDown={(event) =>
          line.current &&
          dragRow(
            event.nativeEvent,
            line.current,
            (to) => move(row.seq, to, false),
            (on) => hold(row.seq, on),
          )
        }
      >
        <IconGripVertical size={16} stroke={1.6} />
      </button>
      <Picture row={row} {...(paused ? { over: <IconPlayerPause size={18} stroke={1.8} /> } : {})} />
      <button type="button" className={styles.words} onClick={() => openInGallery(row.id)}>
        <span className={styles.prompt} dir="auto">
          {prompt}
        </span>
        <span className={styles.state}>
          {doing(row, turn)} · {model?.label ?? row.model}
        </span>
      </button>
      <span className={styles.price}>{priceWords(row, model)}</span>
      <span className={styles.buttons}>
        {paused ? (
          <IconButton
            label={t('queue.resumeNamed', { prompt: short })}
            icon={<IconPlayerPlay size={16} />}
            onClick={() => void queueActions.resume([row.id])}
          />
        ) : (
          <IconButton
            label={t('queue.pauseNamed', { prompt: short })}
            icon={<IconPlayerPause size={16} />}
            onClick={() => void queueActions.pause([row.id])}
          />
        )}
        <IconButton
          label={t('queue.cancelNamed', { prompt: short })}
          icon={<IconX size={16} />}
          onClick={() => void jobActions.cancel([row.id])}
        />
        <Menu
          align="end"
          entries={entriesOf(t, row, { first: place === 1, last: place === count }, (to) =>
            move(row.seq, to, false),
          )}
          trigger={
            <IconButton label={t('queue.moreNamed', { prompt: short })} icon={<IconDots size={16} />} />
          }
        />
      </span>
    </li>
  )
}

function entriesOf(
  t: TFunction,
  { batchId }: JobRow,
  { first, last }: { first: boolean; last: boolean },
  move: (to: QueuePlace) => void,
): MenuEntry[] {
  const to = (
    place: 'top' | 'up' | 'down' | 'bottom',
    Sign: typeof IconBan,
    disabled: boolean,
  ): MenuEntry => ({
    kind: 'item',
    id: place,
    label: t(`queue.${place}`),
    icon: <Sign size={16} />,
    disabled,
    onSelect: () => move(place),
  })
  return [
    to('top', IconArrowBarToUp, first),
    to('up', IconArrowUp, first),
    to('down', IconArrowDown, last),
    to('bottom', IconArrowBarToDown, last),
    ...(batchId === null
      ? []
      : ([
          { kind: 'separator' },
          {
            kind: 'item',
            id: 'cancelBatch',
            label: t('actions.cancelBatch'),
            icon: <IconBan size={16} />,
            onSelect: () => void queueActions.cancelBatch(batchId),
          },
        ] satisfies MenuEntry[])),
  ]
}
