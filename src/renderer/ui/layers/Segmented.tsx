import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import styles from './Segmented.module.css'

export interface SegmentedProps<Value extends string> {
  label: string
  value: Value
  options: { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** One of two to four choices, all of them in sight. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  return (
    <RadioGroup
      className={styles.group}
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next)}
    >
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <Radio.Root value={option.value} className={styles.radio} />
          {option.label}
        </label>
      ))}
    </RadioGroup>
  )
}
