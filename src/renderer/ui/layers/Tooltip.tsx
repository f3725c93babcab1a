import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import { Kbd } from '../Kbd'
import styles from './Tooltip.module.css'

export interface TooltipProps {
  text: string
  kbd?: string
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** The element it explains; takes a ref and properties. */
  children: ReactElement
}

/** A short explanation on hover and focus. Never the only place where something is said. */
export function Tooltip({ text, kbd, side = 'top', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            {text}
            {kbd === undefined ? null : <Kbd keys={kbd} bare />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
