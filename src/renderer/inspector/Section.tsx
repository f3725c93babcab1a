import type { ReactNode } from 'react'
import styles from './Inspector.module.css'

/** A part of the inspector under its heading; `aside` stands at the end of the heading's line. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={styles.section}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}
