import { Checkbox as Base } from '@base-ui/react/checkbox'
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './Checkbox.module.css'

export interface TickProps {
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

/** The box to tick of a line that is its label. */
export function Tick({ checked, onChange, disabled = false }: TickProps) {
  return (
    <Base.Root
      className={styles.box}
      checked={checked}
      disabled={disabled}
      onCheckedChange={(now) => onChange(now)}
    >
      <Base.Indicator>
        <IconCheck size={13} stroke={2.5} />
      </Base.Indicator>
    </Base.Root>
  )
}

export interface CheckboxProps extends TickProps {
  label: ReactNode
}

/** Something that is part of what a button is going to do. */
export function Checkbox({ label, ...tick }: CheckboxProps) {
  return (
    <label className={styles.check}>
      <Tick {...tick} />
      <span>{label}</span>
    </label>
  )
}
