import type { JobRow } from '@shared/contract'
import type { ReactNode } from 'react'
import { mediaUrl } from '../api'
import styles from './Queue.module.css'

/** The small picture of a job: its poster, else its first input, else an empty frame of its shape; `over` lies on it. */
export function Picture({ row, over }: { row: JobRow; over?: ReactNode }) {
  const source =
    row.poster !== null
      ? mediaUrl.poster(row.id, row.poster)
      : row.firstInput !== null
        ? mediaUrl.thumb(row.firstInput)
        : null
  return (
    <span className={styles.picture} aria-hidden="true">
      {source === null ? null : <img src={source} alt="" loading="lazy" draggable={false} />}
      {over}
    </span>
  )
}
