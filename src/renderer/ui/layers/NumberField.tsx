import { NumberField as Base } from '@base-ui/react/number-field'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import styles from '../field.module.css'

export interface NumberFieldProps {
  label: string
  /** Null while the field is empty. */
  value: number | null
  min: number
  max: number
  step: number
  unit?: string
  placeholder?: string
  /** A sentence about what is wrong, shown under the field. */
  error?: string
  disabled?: boolean
  /** Only the field: the label is for screen readers. */
  bare?: boolean
  /** A value outside the range is handed on as typed, so that it can be refused with a sentence. */
  onChange: (value: number | null) => void
}

/** A number typed or stepped. */
export function NumberField({
  label,
  value,
  min,
  max,
  step,
  unit,
  placeholder,
  error,
  disabled = false,
  bare = false,
  onChange,
}: NumberFieldProps) {
  const { t, i18n } = useTranslation()
  const id = useId()
  return (
    <div className={styles.field}>
      {bare ? null : (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <Base.Root
        id={id}
        value={value}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        allowOutOfRange
        locale={i18n.language}
        format={{ useGrouping: false, maximumFractionDigits: 6 }}
        onValueChange={onChange}
      >
        <Base.Group className={styles.box} data-invalid={error === undefined ? undefined : ''}>
          <Base.Decrement className={styles.step} aria-label={t('ui.less', { label })}>
            <IconMinus size={14} />
          </Base.Decrement>
          <Base.Input
            className={styles.number}
            placeholder={placeholder}
            aria-invalid={error === undefined ? undefined : true}
            aria-describedby={error === undefined ? undefined : `${id}-error`}
            {...(bare ? { 'aria-label': label } : {})}
          />
          {unit === undefined ? null : <span className={styles.unit}>{unit}</span>}
          <Base.Increment className={styles.step} aria-label={t('ui.more', { label })}>
            <IconPlus size={14} />
          </Base.Increment>
        </Base.Group>
      </Base.Root>
      {error === undefined ? null : (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  )
}
