import type { JobState } from '@shared/contract'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { conditionsOf, list, noFilter, useJobs } from '../state/jobs'
import { useStudio } from '../state/studio'
import { Button, Chip, Popover, Select, TextField } from '../ui'
import { fromDateField, periods, periodStart, toDateField, type Period } from './periods'
import styles from './Toolbar.module.css'

/** The states as people tell them apart: everything between the queue and the end is "rendering". */
const offered: { name: JobState; states: JobState[] }[] = [
  { name: 'completed', states: ['completed'] },
  { name: 'queued', states: ['queued'] },
  { name: 'processing', states: ['submitting', 'processing', 'downloading', 'cancelling'] },
  { name: 'failed', states: ['failed'] },
  { name: 'cancelled', states: ['cancelled'] },
  { name: 'needs_attention', states: ['needs_attention'] },
]

function toggled<T>(all: readonly T[], some: readonly T[]): T[] {
  const on = some.every((each) => all.includes(each))
  return on ? all.filter((each) => !some.includes(each)) : [...all, ...some]
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.choices}>{children}</div>
    </fieldset>
  )
}

function States() {
  const { t } = useTranslation()
  const chosen = useJobs((state) => state.filter.states)
  return offered.map(({ name, states }) => (
    <Chip
      key={name}
      pressed={states.every((state) => chosen.includes(state))}
      onClick={() => list.setFilter({ states: toggled(chosen, states) })}
    >
      {t(`state.${name}`)}
    </Chip>
  ))
}

function Models() {
  const chosen = useJobs((state) => state.filter.models)
  const models = useStudio((state) => state.models)
  return Object.values(models).map((model) => (
    <Chip
      key={model.id}
      pressed={chosen.includes(model.id)}
      onClick={() => list.setFilter({ models: toggled(chosen, [model.id]) })}
    >
      {model.label}
    </Chip>
  ))
}

function Days() {
  const { t } = useTranslation()
  const from = useJobs((state) => state.filter.from)
  const to = useJobs((state) => state.filter.to)
  return (
    <div className={styles.days}>
      <TextField
        type="date"
        label={t('gallery.filter.from')}
        value={toDateField(from)}
        onChange={(value) => list.setFilter({ from: fromDateField(value, 'first') })}
      />
      <TextField
        type="date"
        label={t('gallery.filter.to')}
        value={toDateField(to)}
        onChange={(value) => list.setFilter({ to: fromDateField(value, 'last') })}
      />
    </div>
  )
}

/** The filter beyond the groups: state, model, when it was made. */
export function FilterMenu() {
  const { t } = useTranslation()
  const conditions = useJobs((state) => conditionsOf(state.filter))
  const dated = useJobs((state) => state.filter.from !== null || state.filter.to !== null)
  const [chosen, setChosen] = useState<Period>('any')
  // Clearing the filter elsewhere clears the choice of days too.
  const period = dated || chosen === 'between' ? chosen : 'any'
  const choosePeriod = (next: Period) => {
    setChosen(next)
    if (next !== 'between') list.setFilter({ from: periodStart(next, Date.now()), to: null })
  }
  return (
    <Popover
      title={t('gallery.filter.title')}
      trigger={
        <Chip pressed={conditions > 0} icon={<IconAdjustmentsHorizontal size={15} stroke={1.8} />}>
          <span className={styles.filterWord}>{t('gallery.filter.title')}</span>
          {conditions > 0 ? <span className={styles.figure}>{conditions}</span> : null}
        </Chip>
      }
    >
      <div className={styles.filter}>
        <Group label={t('gallery.filter.state')}>
          <States />
        </Group>
        <Group label={t('gallery.filter.model')}>
          <Models />
        </Group>
        <Group label={t('gallery.filter.when')}>
          <Select
            label={t('gallery.filter.when')}
            value={period}
            options={periods.map((value) => ({ value, label: t(`gallery.filter.${value}`) }))}
            onChange={choosePeriod}
          />
          {period === 'between' ? <Days /> : null}
        </Group>
        <Button
          variant="quiet"
          size="s"
          disabled={conditions === 0}
          onClick={() => {
            setChosen('any')
            list.setFilter({
              ...noFilter,
              group: list.store.getState().filter.group,
              text: list.store.getState().filter.text,
            })
          }}
        >
          {t('gallery.filter.clear')}
        </Button>
      </div>
    </Popover>
  )
}
