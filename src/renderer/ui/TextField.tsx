import { useId, type ComponentProps, type ReactNode } from 'react'
import styles from './field.module.css'

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'size'> {
  label: string
  value: string
  onChange: (value: string) => void
  /** What helps, under the field. */
  hint?: ReactNode
  /** A sentence about what is wrong; takes the place of the hint. */
  error?: string | undefined
  /** Only the field: the label is for screen readers. */
  bare?: boolean
}

/** A line of text. */
export function TextField({
  label,
  value,
  onChange,
  hint,
  error,
  bare = false,
  className = '',
  ...rest
}: TextFieldProps) {
  const id = useId()
  const below = error ?? hint
  return (
    <div className={`${styles.field} ${className}`}>
      {bare ? null : (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <input
        type="text"
        spellCheck={false}
        autoComplete="off"
        {...rest}
        id={id}
        className={`${styles.box} ${styles.input}`}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        {...(bare ? { 'aria-label': label } : {})}
        {...(error === undefined ? {} : { 'aria-invalid': true, 'data-invalid': '' })}
        {...(below === undefined ? {} : { 'aria-describedby': `${id}-below` })}
      />
      {below === undefined ? null : (
        <div
          id={`${id}-below`}
          className={error === undefined ? styles.hint : styles.error}
          {...(error === undefined ? {} : { role: 'alert' })}
        >
          {below}
        </div>
      )}
    </div>
  )
}
