import type { JobCounts } from '@shared/contract'
import { jobSorts } from '@shared/words'
import { IconChecks } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { count, withUnit } from '../format'
import { jobGroups, list, useCounts, useJobs, type JobGroup } from '../state/jobs'
import { clearSelection, useSelection } from '../state/selection'
import { useSettings } from '../state/settings'
import { Chip, IconButton, Select, Slider } from '../ui'
import { FilterMenu } from './FilterMenu'
import { Search } from './Search'
import { cardSizes, resize } from './size'
import styles from './Toolbar.module.css'

const figures: Record<JobGroup, keyof JobCounts | null> = {
  all: 'all',
  running: 'running',
  attention: 'attention',
  favourites: null,
}

function GroupChip({ group }: { group: JobGroup }) {
  const { t } = useTranslation()
  const chosen = useJobs((state) => state.filter.group)
  const counts = useCounts((state) => state.counts)
  const figure = figures[group]
  const number = figure && counts ? counts[figure] : 0
  const dot = group === 'running' || group === 'attention' ? group : undefined
  return (
    <Chip
      pressed={chosen === group}
      onClick={() => list.setFilter({ group })}
      {...(dot && number > 0 ? { dot } : {})}
    >
      {t(`gallery.group.${group}`)}
      {number > 0 ? <span className={styles.figure}>{count(number)}</span> : null}
    </Chip>
  )
}

function Sort() {
  const { t } = useTranslation()
  const sort = useJobs((state) => state.sort)
  return (
    <Select
      label={t('gallery.sort.label')}
      value={sort}
      options={jobSorts.map((value) => ({ value, label: t(`gallery.sort.${value}`) }))}
      onChange={(value) => void useSettings.getState().set({ sort: value })}
    />
  )
}

function Size() {
  const { t } = useTranslation()
  const cardSize = useSettings((state) => state.settings.cardSize)
  return (
    <div className={styles.size}>
      <Slider
        bare
        label={t('gallery.size')}
        value={cardSize}
        {...cardSizes}
        format={(value) => withUnit(value, 'px')}
        onChange={(value) => resize(value, false)}
        onCommit={(value) => resize(value, true)}
      />
    </div>
  )
}

/** What stands above the cards: search, groups, filter; order, size, select. */
export function Toolbar() {
  const { t } = useTranslation()
  const selecting = useSelection((state) => state.selecting)
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('gallery.title')}>
      <Search />
      <div className={styles.chips} role="group" aria-label={t('gallery.groups')}>
        {jobGroups.map((group) => (
          <GroupChip key={group} group={group} />
        ))}
        <FilterMenu />
      </div>
      <div className={styles.view}>
        <Size />
        <Sort />
        <IconButton
          label={t('gallery.select')}
          icon={<IconChecks size={18} stroke={1.8} />}
          pressed={selecting}
          onClick={() => (selecting ? clearSelection() : useSelection.setState({ selecting: true }))}
        />
      </div>
    </div>
  )
}
