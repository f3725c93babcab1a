import type { JobRow } from '@shared/contract'
import { useEffect, useRef } from 'react'
import { api } from '../api'
import { rows, useRow, type JobOrder } from '../state/jobs'
import { useSelection } from '../state/selection'
import { useView } from '../state/view'
import { choose } from './choose'

/** Lets the inspector follow the keyboard to a card whose row arrives only later. */
export function Follow({ seq }: { seq: number }) {
  const id = useRow(seq)?.id
  useEffect(() => {
    const { chosen } = useSelection.getState()
    if (id !== undefined && chosen.size === 1 && chosen.has(seq)) useView.getState().setActive(id)
  }, [id, seq])
  return null
}

/** Goes to a job that another part of the page shows, where the list has it. */
export function useShown(order: JobOrder, scrollToPlace: (place: number) => void): void {
  const activeId = useView((state) => state.activeId)
  const latest = useRef({ order, scrollToPlace })
  useEffect(() => {
    latest.current = { order, scrollToPlace }
  })
  useEffect(() => {
    const go = (row: JobRow) => {
      const { chosen } = useSelection.getState()
      const place = latest.current.order.indexOf(row.seq)
      if (place < 0 || chosen.has(row.seq)) return
      choose(row.seq, 'one')
      latest.current.scrollToPlace(place)
    }
    if (activeId === null) return
    const row = rows.byId(activeId)
    if (row) go(row)
    else api.jobs.get({ id: activeId }).then(go, () => undefined)
  }, [activeId])
}
