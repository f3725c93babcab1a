import { Checkbox as Base } from '@base-ui/react/checkbox'
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './Checkbox.module.css'

export interface CheckboxProps {
  label: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

/** Something that is part of what a button is going to do. */
export function Checkbox({ label, checked, onChange, disabled = false }: CheckboxProps) {
  return (
    <label className={styles.check}>
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
      <span>{label}</span>
    </label>
  )
}
