import { Switch as Base } from '@base-ui/react/switch'
import styles from './Switch.module.css'

export interface SwitchProps {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  /** Only the switch: the label is for screen readers. */
  bare?: boolean
}

/** Something that is on or off at once. */
export function Switch({ label, checked, onChange, disabled = false, bare = false }: SwitchProps) {
  const control = (
    <Base.Root
      className={styles.root}
      checked={checked}
      disabled={disabled}
      onCheckedChange={(now) => onChange(now)}
      {...(bare ? { 'aria-label': label } : {})}
    >
      <Base.Thumb className={styles.thumb} />
    </Base.Root>
  )
  if (bare) return control
  return (
    <label className={styles.row}>
      <span>{label}</span>
      {control}
    </label>
  )
}
