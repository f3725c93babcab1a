import { ContextMenu as BaseContext } from '@base-ui/react/context-menu'
import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import { MenuEntries, type MenuEntry } from './menuEntries'
import styles from './popup.module.css'

export interface MenuProps {
  /** A button; takes a ref and properties. */
  trigger: ReactElement
  entries: MenuEntry[]
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom'
}

/** A menu under a button. */
export function Menu({ trigger, entries, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} align={align} side={side} sideOffset={5}>
          <Base.Popup className={`${styles.popup} ${styles.list}`}>
            <MenuEntries entries={entries} parts={Base} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface ContextMenuProps {
  /** The element that answers to a right click, the menu key or a long press; takes a ref and properties. */
  children: ReactElement
  entries: MenuEntry[]
  onOpenChange?: (open: boolean) => void
}

/** A menu at the pointer. Whatever it offers is to be had elsewhere too. */
export function ContextMenu({ children, entries, onOpenChange }: ContextMenuProps) {
  return (
    <BaseContext.Root onOpenChange={(open) => onOpenChange?.(open)}>
      <BaseContext.Trigger render={children} />
      <BaseContext.Portal>
        <BaseContext.Positioner className={styles.positioner}>
          <BaseContext.Popup className={`${styles.popup} ${styles.list}`}>
            <MenuEntries entries={entries} parts={BaseContext} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  )
}
