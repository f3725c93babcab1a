import { useId, type ReactNode } from 'react'
import styles from './Settings.module.css'

/** A group of settings under a heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {title}
      </h2>
      {children}
    </section>
  )
}

export interface RowProps {
  title: string
  hint?: ReactNode
  /** The control; beside the words, or under them where it is `wide`. */
  children?: ReactNode
  wide?: boolean
}

/** One setting: what it is called, what it means, its control. */
export function Row({ title, hint, children, wide = false }: RowProps) {
  return (
    <div className={wide ? styles.wideRow : styles.row}>
      <div className={styles.words}>
        <div>{title}</div>
        {hint === undefined ? null : <div className={styles.hint}>{hint}</div>}
      </div>
      {children === undefined ? null : <div className={styles.control}>{children}</div>}
    </div>
  )
}
