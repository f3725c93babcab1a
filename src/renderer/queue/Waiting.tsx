import type { QueuePlace } from '@shared/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queueActions } from '../actions'
import { followWaiting, rows, useWaiting } from '../state/jobs'
import styles from './Queue.module.css'
import { useWaitingRows } from './useWaitingRows'
import { WaitingRow } from './WaitingRow'

/** The queue in its order, however long, to be put in another. */
export function Waiting() {
  const { t } = useTranslation()
  const order = useWaiting((state) => state.order)
  const list = useRef<HTMLOListElement>(null)
  /** The job moved last: its handle keeps the keyboard, and its place is said. */
  const [moved, setMoved] = useState<number | null>(null)
  const [held, setHeld] = useState<number | null>(null)
  const { virtualizer, margin } = useWaitingRows(list, order, held)
  const place = moved === null ? 0 : order.indexOf(moved) + 1
  const follow = useRef(false)
  useEffect(() => followWaiting(), [])

  const move = useCallback((seq: number, to: QueuePlace, byKey: boolean) => {
    const id = rows.get(seq)?.id
    if (id === undefined) return
    follow.current = byKey
    setMoved(seq)
    void queueActions.move([id], to)
  }, [])
  const hold = useCallback((seq: number, on: boolean) => setHeld(on ? seq : null), [])

  useEffect(() => {
    if (follow.current && place > 0) virtualizer.scrollToIndex(place - 1, { align: 'auto' })
  }, [place, virtualizer])

  useEffect(() => {
    // A row that the page puts elsewhere loses the focus on the way, and far away it is drawn only after a while.
    if (!follow.current || moved === null || document.activeElement !== document.body) return
    list.current?.querySelector<HTMLElement>(`[data-seq="${moved}"] [data-handle]`)?.focus()
  })

  if (order.length === 0) return null
  return (
    <>
      <h2 className={styles.heading}>{t('queue.upNext')}</h2>
      <p className="sr-only" id="queue-handle-hint">
        {t('queue.handleHint')}
      </p>
      <p className="sr-only" role="status">
        {place === 0 ? '' : t('queue.moved', { place, count: order.length })}
      </p>
      <ol
        className={styles.waiting}
        aria-label={t('queue.upNext')}
        ref={list}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const seq = order.at(index) ?? 0
          return (
            <WaitingRow
              key={seq}
              seq={seq}
              top={start - margin}
              place={index + 1}
              count={order.length}
              hold={hold}
              move={move}
            />
          )
        })}
      </ol>
    </>
  )
}
