import type { ComponentProps, ReactNode } from 'react'
import styles from './IconButton.module.css'
import { ariaShortcut } from './shortcut'
import { Tooltip } from './late'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** What the button does: its name for screen readers and its tooltip. */
  label: string
  icon: ReactNode
  /** Set for a button that is on or off. */
  pressed?: boolean
  kbd?: string
  size?: 's' | 'm'
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** `over` lies on a picture. */
  tone?: 'plain' | 'over'
}

/** A button with an icon only. Passes every other property and the ref to its element. */
export function IconButton({
  label,
  icon,
  pressed,
  kbd,
  size = 'm',
  side = 'top',
  tone = 'plain',
  className = '',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} side={side} {...(kbd === undefined ? {} : { kbd })}>
      <button
        type="button"
        aria-label={label}
        className={`${styles.button} ${styles[size]} ${styles[tone]} ${className}`}
        {...(kbd === undefined ? {} : { 'aria-keyshortcuts': ariaShortcut(kbd) })}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
