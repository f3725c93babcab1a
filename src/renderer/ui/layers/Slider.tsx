import { Slider as Base } from '@base-ui/react/slider'
import styles from './Slider.module.css'

export interface SliderProps {
  label: string
  value: number
  min: number
  max: number
  step: number
  /** What is shown and read out for a value. */
  format?: (value: number) => string
  onChange: (value: number) => void
  /** Called once, when the hand lets go. */
  onCommit?: (value: number) => void
  /** Only the track: the label is for screen readers. */
  bare?: boolean
  disabled?: boolean
}

/** A value on a line. */
export function Slider({
  label,
  value,
  min,
  max,
  step,
  format = String,
  onChange,
  onCommit,
  bare = false,
  disabled = false,
}: SliderProps) {
  return (
    <Base.Root
      className={styles.slider}
      value={value}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      thumbAlignment="edge"
      onValueChange={onChange}
      onValueCommitted={(committed) => onCommit?.(committed)}
    >
      {bare ? null : (
        <div className={styles.head}>
          <Base.Label className={styles.label}>{label}</Base.Label>
          <Base.Value className={styles.value}>{() => format(value)}</Base.Value>
        </div>
      )}
      <Base.Control className={styles.control}>
        <Base.Track className={styles.track}>
          <Base.Indicator className={styles.indicator} />
          <Base.Thumb
            className={styles.thumb}
            getAriaValueText={() => format(value)}
            {...(bare ? { 'aria-label': label } : {})}
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  )
}
