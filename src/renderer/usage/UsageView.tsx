import type { UsageRow } from '@shared/contract'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../app/commands'
import { runInGallery } from '../app/shellEvents'
import { sentences } from '../messages'
import { Button, EmptyState, Segmented, Select } from '../ui'
import { Chart } from './Chart'
import { columnsOf } from './columns'
import { exportCsv } from './exportCsv'
import { firstOf, monthAfter, monthsBetween, ranges, type Range } from './ranges'
import { currenciesOf, groupings, linesOf, type Grouping } from './sums'
import { ThisMonth } from './ThisMonth'
import styles from './Usage.module.css'
import { UsageTable } from './UsageTable'
import { useUsage } from './useUsage'
import { useNames } from './words'

/** The most months that have room beside each other. */
const mostMonths = 36

/** The shape of what will be there: columns that grow. */
function Shape() {
  return (
    <div className={styles.shape}>
      {[34, 58, 46, 82, 64, 100].map((tall) => (
        <i key={tall} style={{ height: `${tall}%` }} />
      ))}
    </div>
  )
}

/** What jobs cost: this month with its budgets, month by month in a chart, and every sum in a table. */
export function UsageView() {
  const { t } = useTranslation()
  const [range, setRange] = useState<Range>('half')
  const { usage, again } = useUsage(range)
  const from = usage.state === 'ready' ? firstOf(usage.range, usage.now) : undefined
  const any = usage.state === 'ready' && (usage.rows.length > 0 || usage.range !== 'all')
  useCommand({
    id: 'usage.export',
    title: t('usage.exportCommand'),
    group: 'app',
    enabled: () => any,
    run: () => void exportCsv(from),
  })

  return (
    <section className={styles.view} aria-labelledby="usage-title" aria-busy={usage.state === 'loading'}>
      <div className={styles.column}>
        <header className={styles.header}>
          <h1 id="usage-title" className={styles.title}>
            {t('nav.usage')}
          </h1>
          <Segmented
            label={t('usage.range.label')}
            value={range}
            options={ranges.map((value) => ({ value, label: t(`usage.range.${value}`) }))}
            onChange={setRange}
          />
          <Button icon={<IconDownload size={16} />} disabled={!any} onClick={() => void exportCsv(from)}>
            {t('usage.export')}
          </Button>
        </header>
        {usage.state === 'failed' ? (
          <EmptyState
            art={<Shape />}
            title={t('usage.failed')}
            body={sentences(usage.problem.title, usage.problem.hint)}
            actions={
              <Button variant="primary" onClick={again}>
                {t('usage.again')}
              </Button>
            }
          />
        ) : null}
        {usage.state === 'loading' ? <Loading /> : null}
        {usage.state === 'ready' ? <Books rows={usage.rows} now={usage.now} range={usage.range} /> : null}
      </div>
    </section>
  )
}

function Loading() {
  const { t } = useTranslation()
  return (
    <>
      <span className="sr-only" role="status">
        {t('usage.loading')}
      </span>
      <div className={styles.blank} aria-hidden="true" />
      <div className={styles.blank} aria-hidden="true" />
    </>
  )
}

function Books({ rows, now, range }: { rows: UsageRow[]; now: string; range: Range }) {
  const { t } = useTranslation()
  if (rows.length === 0 && range === 'all') {
    return (
      <EmptyState
        art={<Shape />}
        title={t('usage.empty.title')}
        body={t('usage.empty.body')}
        actions={
          <Button variant="primary" onClick={() => runInGallery('composer.focus')}>
            {t('usage.empty.action')}
          </Button>
        }
      />
    )
  }
  return (
    <>
      <ThisMonth rows={rows} now={now} />
      <ByMonth rows={rows} now={now} range={range} />
      <InTable rows={rows} />
    </>
  )
}

/** The chart, where there is more than one month to compare and something was spent. */
function ByMonth({ rows, now, range }: { rows: UsageRow[]; now: string; range: Range }) {
  const { t } = useTranslation()
  const names = useNames()
  const [by, setBy] = useState<'model' | 'provider'>('model')
  const [wish, setWish] = useState<string | null>(null)
  const currencies = currenciesOf(rows)
  const currency = currencies.find((one) => one === wish) ?? currencies[0]
  if (currency === undefined || range === 'month') return null
  const earliest = rows.reduce((least, { month }) => (month < least ? month : least), now)
  const start = firstOf(range, now) ?? earliest
  const least = monthAfter(now, 1 - mostMonths)
  // A clock that was once ahead leaves jobs in months to come: they are in the table.
  const months = monthsBetween(start < least ? least : start, now)
  const { series, columns } = columnsOf(rows, months, by, currency)
  if (columns.length < 2) return null
  return (
    <section className={styles.section} aria-labelledby="usage-chart">
      <div className={styles.bar}>
        <h2 id="usage-chart" className={styles.heading}>
          {t('usage.chart.title')}
        </h2>
        {currencies.length < 2 ? null : (
          <Select
            label={t('usage.chart.currency')}
            value={currency}
            options={currencies.map((value) => ({ value, label: value }))}
            onChange={setWish}
          />
        )}
        <Segmented
          label={t('usage.chart.by')}
          value={by}
          options={(['model', 'provider'] as const).map((value) => ({
            value,
            label: t(`usage.table.${value}`),
          }))}
          onChange={setBy}
        />
      </div>
      <div className={styles.panel}>
        <Chart
          series={series}
          columns={columns}
          currency={currency}
          name={({ id }) => (id === null ? t('usage.chart.others') : names[by](id))}
        />
      </div>
    </section>
  )
}

function InTable({ rows }: { rows: UsageRow[] }) {
  const { t } = useTranslation()
  const [grouping, setGrouping] = useState<Grouping>('each')
  if (rows.length === 0) {
    return <EmptyState art={<Shape />} title={t('usage.table.none')} body={t('usage.empty.body')} />
  }
  return (
    <section className={styles.section} aria-labelledby="usage-table">
      <div className={styles.bar}>
        <h2 id="usage-table" className={styles.heading}>
          {t('usage.table.title')}
        </h2>
        <Select
          label={t('usage.table.group')}
          value={grouping}
          options={groupings.map((value) => ({ value, label: t(`usage.group.${value}`) }))}
          onChange={setGrouping}
        />
      </div>
      <div className={styles.panel}>
        <UsageTable lines={linesOf(rows, grouping)} grouping={grouping} />
      </div>
    </section>
  )
}
