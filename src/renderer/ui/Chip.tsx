import type { ComponentProps, ReactNode } from 'react'
import styles from './Chip.module.css'

export interface ChipProps extends ComponentProps<'button'> {
  /** Set for a chip that is on or off. */
  pressed?: boolean
  /** A dot of a state's colour before the words, which say the same. */
  dot?: 'running' | 'attention' | 'failed' | 'done'
  icon?: ReactNode
}

/** A small choice in a row of choices. Passes every other property and the ref to its element. */
export function Chip({ pressed, dot, icon, className = '', type = 'button', children, ...rest }: ChipProps) {
  return (
    <button
      type={type}
      className={`${styles.chip} ${className}`}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...rest}
    >
      {dot === undefined ? null : <span className={styles.dot} data-dot={dot} />}
      {icon}
      {children}
    </button>
  )
}
