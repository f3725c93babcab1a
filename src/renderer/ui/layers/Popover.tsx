import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import styles from './Popover.module.css'
import popup from './popup.module.css'

export interface PopoverProps {
  /** A button; takes a ref and properties. */
  trigger: ReactElement
  /** Shown at the top and used as the name; without it give `label`. */
  title?: string
  label?: string
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** For a table: as wide as it needs. */
  wide?: boolean
}

/** A small panel of controls beside a button. */
export function Popover({
  trigger,
  title,
  label,
  children,
  open,
  onOpenChange,
  align = 'start',
  side = 'bottom',
  wide = false,
}: PopoverProps) {
  return (
    <Base.Root {...(open === undefined ? {} : { open })} onOpenChange={(now) => onOpenChange?.(now)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner
          className={popup.positioner}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={12}
        >
          <Base.Popup
            className={`${popup.popup} ${styles.popover}`}
            data-wide={wide ? '' : undefined}
            {...(label === undefined ? {} : { 'aria-label': label })}
          >
            {title === undefined ? null : <Base.Title className={styles.title}>{title}</Base.Title>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
