import type { UsageRow } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { monthName } from '../format'
import { useBudget } from '../money'
import { useConnections } from '../state/connections'
import { useView } from '../state/view'
import { Button } from '../ui'
import { Standing } from './Standing'
import { amountsOf, totalsOf } from './sums'
import styles from './ThisMonth.module.css'
import { sums } from './words'

/** This month in figures, and how its budgets stand. */
export function ThisMonth({ rows, now }: { rows: readonly UsageRow[]; now: string }) {
  const { t } = useTranslation()
  const budget = useBudget(true)
  const own = rows.filter(({ month }) => month === now)
  const totals = totalsOf(own)
  // Budgets are in dollars: where any were spent, nothing is nothing of them.
  const dollars = totals.length === 0 || totals.some(({ currency }) => currency === 'USD')
  const nothing = { micros: 0, currency: dollars ? 'USD' : totals[0]?.currency || 'USD' }
  const unknownJobs = totals.reduce((count, total) => count + total.unknownJobs, 0)
  const spent = amountsOf(totals, 'spent')
  const computed = amountsOf(totals, 'computed')
  // Of nobody's price there is no sum; saying none would say that nothing is open.
  const unpriced = totals.find(({ currency }) => currency === '')?.unknownJobs ?? 0
  const open = amountsOf(totals, 'unknown')
  const known = sums(open, nothing)
  const connections = useConnections((state) => state.connections)
  const labels = new Map(connections.map(({ id, label }) => [id, label]))
  const standings = (budget?.standings ?? []).filter(({ limit }) => limit !== null)

  return (
    <section className={styles.month} aria-labelledby="usage-month">
      <h2 id="usage-month" className={styles.heading}>
        {monthName(now)}
      </h2>
      <div className={styles.panels}>
        <dl className={styles.figures}>
          <Figure name={t('usage.spent')} value={sums(spent, nothing)} big>
            {computed.length === 0 ? null : t('usage.computed', { amount: sums(computed, nothing) })}
          </Figure>
          <Figure
            name={t('usage.unknown')}
            value={
              unpriced === 0
                ? known
                : open.length === 0
                  ? t('usage.unknownAmount')
                  : t('usage.unknownAtLeast', { amount: known })
            }
            tone={unknownJobs > 0 ? 'attention' : undefined}
          >
            {unknownJobs > 0 ? t('usage.unknownJobs', { count: unknownJobs }) : t('usage.unknownNone')}
          </Figure>
          <Figure name={t('usage.reserved')} value={sums(amountsOf(totals, 'reserved'), nothing)}>
            {t('usage.reservedHint')}
          </Figure>
        </dl>
        <div className={styles.budgets}>
          {budget !== null && standings.length === 0 ? (
            <div className={styles.noBudget}>
              <p>{t('usage.budget.missing')}</p>
              <Button size="s" onClick={() => useView.getState().setView('settings')}>
                {t('usage.budget.set')}
              </Button>
            </div>
          ) : (
            <ul className={styles.standings} aria-label={t('usage.budget.title')}>
              {standings.map((standing) => (
                <Standing
                  key={`${standing.connectionId ?? ''} ${standing.currency}`}
                  standing={standing}
                  name={
                    standing.connectionId === null
                      ? t('money.budget')
                      : t('money.budgetOf', {
                          connection: labels.get(standing.connectionId) ?? t('usage.otherConnection'),
                        })
                  }
                />
              ))}
            </ul>
          )}
          <p className={styles.note}>{t('usage.budget.currencies')}</p>
        </div>
      </div>
    </section>
  )
}

interface FigureProps {
  name: string
  value: string
  big?: boolean
  tone?: 'attention' | undefined
  children: React.ReactNode
}

function Figure({ name, value, big = false, tone, children }: FigureProps) {
  return (
    <div className={styles.figure} data-big={big ? '' : undefined} data-tone={tone}>
      <dt>{name}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd className={styles.hint}>{children}</dd>
    </div>
  )
}
