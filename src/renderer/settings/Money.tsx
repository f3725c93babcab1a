import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { count, percent } from '../format'
import { mostAmount, readAmount, writeAmount } from '../money'
import { useSettings } from '../state/settings'
import { useView } from '../state/view'
import { Button, Slider, Switch, TextField } from '../ui'
import styles from './Money.module.css'
import { Row, Section } from './Section'
import shared from './Settings.module.css'

interface AmountProps {
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
function Amount({ label, toggle, hint, value, start, onChange }: AmountProps) {
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

/** When it is asked before money is spent, and what a month may cost. */
export function Money() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const { confirmAbove, budget, budgetWarning } = settings
  return (
    <Section title={t('settings.money.title')}>
      <Amount
        label={t('settings.money.confirm')}
        toggle={t('settings.money.confirmOn')}
        hint={t(confirmAbove === null ? 'settings.money.confirmNever' : 'settings.money.confirmHint')}
        value={confirmAbove}
        start={5_000_000}
        onChange={(micros) => set({ confirmAbove: micros })}
      />
      <Amount
        label={t('settings.money.budget')}
        toggle={t('settings.money.budgetOn')}
        hint={t(budget === null ? 'settings.money.budgetNone' : 'settings.money.budgetHint')}
        value={budget}
        start={50_000_000}
        onChange={(micros) => set({ budget: micros })}
      />
      <Row
        title={t('settings.money.warning')}
        hint={t('settings.money.warningHint', { share: percent(budgetWarning / 100) })}
      >
        <div className={shared.slider}>
          <Slider
            label={t('settings.money.warning')}
            bare
            value={budgetWarning}
            min={10}
            max={100}
            step={5}
            format={(value) => percent(value / 100)}
            onChange={(level) =>
              useSettings.setState((state) => ({ settings: { ...state.settings, budgetWarning: level } }))
            }
            onCommit={(level) => void set({ budgetWarning: level })}
          />
        </div>
      </Row>
      <Row title={t('settings.money.usage')} hint={t('settings.money.usageHint')}>
        <Button onClick={() => useView.getState().setView('usage')}>{t('settings.money.showUsage')}</Button>
      </Row>
    </Section>
  )
}
