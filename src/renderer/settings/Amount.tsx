import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { count } from '../format'
import { mostAmount, readAmount, writeAmount } from '../money'
import { Switch, TextField } from '../ui'
import styles from './Money.module.css'
import { Row } from './Section'

export interface AmountProps {
  label: string
  /** What the switch says, which turns the amount on and off. */
  toggle: string
  hint: string
  /** Micro-units of USD; null is off. */
  value: number | null
  /** What it begins with when it is turned on. */
  start: number
  onChange: (micros: number | null) => Promise<boolean>
}

/** An amount in USD that can be off; what is typed and cannot be read is said beside it and not kept. */
export function Amount({ label, toggle, hint, value, start, onChange }: AmountProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const read = typed === null ? value : readAmount(typed)
  const save = async () => {
    if (typed === null || read === null) return
    if (read === value || (await onChange(read))) setTyped(null)
  }
  return (
    <Row title={label} hint={hint}>
      {value === null ? null : (
        <div className={styles.amount}>
          <TextField
            label={t('settings.money.inUsd', { label })}
            bare
            inputMode="decimal"
            maxLength={14}
            value={typed ?? writeAmount(value)}
            error={
              typed !== null && read === null
                ? t('settings.money.wrong', { max: count(mostAmount) })
                : undefined
            }
            onChange={setTyped}
            onBlur={() => void save()}
            onKeyDown={(event) => {
              if (event.key === 'Enter') void save()
              if (event.key === 'Escape') setTyped(null)
            }}
          />
          <span className={styles.unit} aria-hidden="true">
            USD
          </span>
        </div>
      )}
      <Switch
        label={toggle}
        bare
        checked={value !== null}
        onChange={(on) => {
          setTyped(null)
          void onChange(on ? start : null)
        }}
      />
    </Row>
  )
}
