import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

export interface EmptyStateProps {
  /** The shape of what will be there. */
  art?: ReactNode
  title: string
  body?: ReactNode
  actions?: ReactNode
}

/** What stands where nothing is yet: the shape of it, a sentence, and one thing to do. */
export function EmptyState({ art, title, body, actions }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {art === undefined ? null : <div aria-hidden="true">{art}</div>}
      <h2 className={styles.title}>{title}</h2>
      {body === undefined ? null : <div className={styles.body}>{body}</div>}
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
