import { IconPlayerStopFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { stopShots, type Making } from '../state/assistant/shots'
import { Button } from '../ui'
import styles from './Shots.module.css'
import { Waiting } from './Waiting'

/** A list on its way: what has come whole, and the way to end it. */
export function MakingShots({ making }: { making: Making }) {
  const { t } = useTranslation()
  const { shots, waiting, repairing } = making
  return (
    <section className={styles.making} aria-label={t('assistant.shots.making')}>
      <div className={styles.bar}>
        <p role="status" className={styles.note}>
          {waiting ? (
            <Waiting until={waiting.until} why={waiting.why} />
          ) : repairing ? (
            t('assistant.shots.repairing')
          ) : shots.length === 0 ? (
            t('assistant.shots.reads')
          ) : (
            t('assistant.shots.soFar', { count: shots.length })
          )}
        </p>
        <Button size="s" kbd="Escape" icon={<IconPlayerStopFilled size={13} />} onClick={() => stopShots()}>
          {t('assistant.stop')}
        </Button>
      </div>
      <ol className={styles.coming}>
        {shots.map(({ number, prompt }) => (
          <li key={number} dir="auto">
            {prompt}
          </li>
        ))}
      </ol>
    </section>
  )
}
