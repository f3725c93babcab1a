import type { ComponentProps, ReactNode } from 'react'
import styles from './Button.module.css'
import { Kbd } from './Kbd'
import { ariaShortcut } from './shortcut'

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` is the one thing to press; `plain` is outlined; `quiet` has no outline; `danger` destroys. */
  variant?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 's' | 'm' | 'l'
  icon?: ReactNode
  /** A shortcut such as `Mod+Enter`, shown inside. */
  kbd?: string
}

/** A button with words. Passes every other property and the ref to its element. */
export function Button({
  variant = 'plain',
  size = 'm',
  icon,
  kbd,
  className = '',
  type = 'button',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={`${styles.button} ${styles[variant]} ${styles[size]} ${className}`}
      {...(kbd === undefined ? {} : { 'aria-keyshortcuts': ariaShortcut(kbd) })}
      {...rest}
    >
      {icon}
      {children}
      {kbd === undefined ? null : (
        <span className={styles.kbd}>
          <Kbd keys={kbd} bare />
        </span>
      )}
    </button>
  )
}
