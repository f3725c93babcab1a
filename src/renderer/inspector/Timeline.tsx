import type { JobEvent } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { day, timeOfDay } from '../format'
import { linesOf } from './events'
import { eventText } from './eventText'
import styles from './Inspector.module.css'
import { Section } from './Section'

/** What happened to a job, when. Times of another day than the first say so. */
export function Timeline({ events }: { events: readonly JobEvent[] }) {
  const { t } = useTranslation()
  const lines = linesOf(events)
  const first = lines[0]
  if (!first) return null
  return (
    <Section title={t('inspector.timeline')} aside={<span className={styles.note}>{day(first.at)}</span>}>
      <ol className={styles.timeline}>
        {lines.map((line, place) => {
          const before = lines[place - 1]
          const turned = before && day(before.at) !== day(line.at)
          return (
            <li key={line.id} className={styles.event}>
              {turned ? <span className={styles.day}>{day(line.at)}</span> : null}
              <time dateTime={new Date(line.at).toISOString()}>{timeOfDay(line.at, true)}</time>
              <span className={styles.dot} data-tone={line.tone} />
              <span className="selectable">{eventText(line)}</span>
            </li>
          )
        })}
      </ol>
    </Section>
  )
}
