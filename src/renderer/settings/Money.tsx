import { useTranslation } from 'react-i18next'
import { percent } from '../format'
import { useSettings } from '../state/settings'
import { useView } from '../state/view'
import { Button, Slider } from '../ui'
import { Amount } from './Amount'
import { Row, Section } from './Section'
import shared from './Settings.module.css'

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
