import { writerName } from '@shared/assistant'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { clock, count, monthName, sum } from '../format'
import { list, noFilter } from '../state/jobs'
import { useStudio } from '../state/studio'
import { useView } from '../state/view'
import { momentsOf } from './ranges'
import {
  sorted,
  totalsOf,
  traitsOf,
  type Grouping,
  type Line,
  type Sort,
  type SortKey,
  type Total,
} from './sums'
import styles from './UsageTable.module.css'
import { useNames } from './words'

interface UsageTableProps {
  lines: readonly Line[]
  grouping: Grouping
}

const figures = ['videos', 'videoMs', 'spent', 'unknown', 'reserved'] as const
/** Columns that begin with the largest when they are chosen. */
const falling: readonly SortKey[] = ['month', ...figures]

/** Every sum of the range, in a table that can be sorted by each column. */
export function UsageTable({ lines, grouping }: UsageTableProps) {
  const { t } = useTranslation()
  const names = useNames()
  const [sort, setSort] = useState<Sort | null>(null)
  const traits = (['month', 'model', 'provider', 'connection'] as const).filter((trait) =>
    traitsOf[grouping].includes(trait),
  )
  // The latest month first, and without months what cost most.
  const usual: Sort = { key: traits.includes('month') ? 'month' : 'spent', down: true }
  const chosen = sort !== null && isColumn(sort.key, traits) ? sort : usual
  const nameOf = (line: Line) =>
    chosen.key === 'provider' ? names.provider(line.provider ?? '') : names.model(line.model ?? '')
  const shown = sorted(lines, chosen, nameOf)
  const choose = (key: SortKey) =>
    setSort(key === chosen.key ? { key, down: !chosen.down } : { key, down: falling.includes(key) })

  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="sr-only">{t('usage.table.caption')}</caption>
        <thead>
          <tr>
            {[...traits, ...figures].map((key) => (
              <Head
                key={key}
                name={t(`usage.table.${key}`)}
                figure={(figures as readonly string[]).includes(key)}
                sorted={chosen.key === key ? (chosen.down ? 'descending' : 'ascending') : undefined}
                onSort={() => choose(key)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <tr key={line.key}>
              {traits.map((trait) => (
                <td key={trait} data-whole={trait === 'month' ? '' : undefined}>
                  <Trait trait={trait} line={line} />
                </td>
              ))}
              <Figures total={line} free={isFree(line)} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          {totalsOf(lines).map((total, place) => (
            <tr key={total.currency}>
              <th scope="row" colSpan={traits.length}>
                {place === 0 ? t('usage.table.total') : null}
              </th>
              <Figures total={total} free={false} />
            </tr>
          ))}
        </tfoot>
      </table>
    </div>
  )
}

const isColumn = (key: SortKey, traits: readonly string[]) =>
  traits.includes(key) || (figures as readonly string[]).includes(key)

/** Whether a line is of a model that costs nothing. */
function isFree({ model }: Line): boolean {
  return useStudio.getState().models[model ?? '']?.price.unit === 'free'
}

interface HeadProps {
  name: string
  figure: boolean
  sorted: 'ascending' | 'descending' | undefined
  onSort: () => void
}

function Head({ name, figure, sorted: way, onSort }: HeadProps) {
  return (
    <th scope="col" aria-sort={way ?? 'none'} data-figure={figure ? '' : undefined}>
      <button type="button" className={styles.sort} onClick={onSort}>
        {name}
        <span className={styles.arrow} aria-hidden="true">
          {way === 'ascending' ? <IconArrowUp size={13} /> : null}
          {way === 'descending' ? <IconArrowDown size={13} /> : null}
        </span>
      </button>
    </th>
  )
}

function Trait({ trait, line }: { trait: 'month' | 'model' | 'provider' | 'connection'; line: Line }) {
  const { t } = useTranslation()
  const names = useNames()
  switch (trait) {
    case 'month':
      return monthName(line.month ?? '', 'short')
    case 'model': {
      const { model, month } = line
      if (model === null) return null
      // What the assistant wrote is no video in the gallery.
      if (writerName(model) !== null) return names.model(model)
      return (
        <button
          type="button"
          className={styles.link}
          title={t('usage.table.show')}
          onClick={() => showJobs(model, month)}
        >
          {names.model(model)}
        </button>
      )
    }
    case 'provider':
      return names.provider(line.provider ?? '')
    case 'connection':
      return line.connectionId === null
        ? t('usage.table.noConnection')
        : (line.connection ?? t('usage.otherConnection'))
  }
}

function Figures({ total, free }: { total: Total; free: boolean }) {
  const { t } = useTranslation()
  const { currency, videos, videoMs, spent, unknown, unknownJobs, reserved } = total
  // Of jobs without a known price there is nothing to say but how many.
  const priced = currency !== ''
  const amount = (micros: number): ReactNode => (priced && micros > 0 ? sum({ micros, currency }) : '–')
  return (
    <>
      <td data-figure="">{count(videos)}</td>
      <td data-figure="">{videoMs === 0 ? '–' : clock(videoMs)}</td>
      <td data-figure="" className={styles.spent}>
        {free ? t('ui.free') : priced ? sum({ micros: spent, currency }) : '–'}
      </td>
      <td data-figure="" data-attention={unknownJobs > 0 ? '' : undefined}>
        {unknownJobs === 0
          ? '–'
          : unknown > 0
            ? `${sum({ micros: unknown, currency })} · ${t('usage.table.jobs', { count: unknownJobs })}`
            : t('usage.table.unpriced', { count: unknownJobs })}
      </td>
      <td data-figure="">{amount(reserved)}</td>
    </>
  )
}

/** Shows the jobs behind a line in the gallery. */
function showJobs(model: string, month: string | null): void {
  list.setFilter({ ...noFilter, models: [model], ...(month === null ? {} : momentsOf(month)) })
  useView.getState().setView('gallery')
}
