import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { IconCheck } from '@tabler/icons-react'
import type { ParamValue } from '../state/composer'
import styles from './ChoiceList.module.css'

export interface Choice {
  value: ParamValue
  label: string
  hint: string | null
  disabled: boolean
}

interface ChoiceListProps {
  label: string
  value: ParamValue | null
  options: Choice[]
  /** Draws each option's shape: the values are ratios. */
  shape: boolean
  onChange: (value: ParamValue) => void
  /** A choice was made with the pointer or Enter, not merely reached with the arrows. */
  onDone: () => void
}

/** The shape that a ratio begins with: `16:9`, or `16:9 · 1080p`. */
function Shape({ ratio }: { ratio: string }) {
  const [across = 1, down = 1] = ratio.split(/[:×]/).map(Number.parseFloat)
  const scale = 14 / Math.max(across, down)
  return (
    <span className={styles.place} aria-hidden="true">
      <span className={styles.shape} style={{ width: across * scale, height: down * scale }} />
    </span>
  )
}

/** One of several choices, under each other. */
export function ChoiceList({ label, value, options, shape, onChange, onDone }: ChoiceListProps) {
  return (
    <RadioGroup
      aria-label={label}
      className={styles.list}
      value={value}
      onValueChange={(next) => onChange(next as ParamValue)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onDone()
      }}
    >
      {options.map((option) => (
        <label
          key={String(option.value)}
          className={styles.option}
          data-disabled={option.disabled ? '' : undefined}
          onClick={() => {
            if (!option.disabled) onDone()
          }}
        >
          {shape && typeof option.value === 'string' && /[:×]/.test(option.value) ? (
            <Shape ratio={option.value} />
          ) : null}
          <span className={styles.words}>
            {option.label}
            {option.hint === null ? null : <span className={styles.hint}>{option.hint}</span>}
          </span>
          <Radio.Root value={option.value} disabled={option.disabled} className={styles.mark}>
            <Radio.Indicator>
              <IconCheck size={15} />
            </Radio.Indicator>
          </Radio.Root>
        </label>
      ))}
    </RadioGroup>
  )
}
