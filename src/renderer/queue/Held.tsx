import { IconPlayerPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { queueActions } from '../actions'
import { useSettings } from '../state/settings'
import { Button } from '../ui'
import styles from './Queue.module.css'

/** Says that the whole queue is paused, and what that means for what was sent. */
export function Held() {
  const { t } = useTranslation()
  const held = useSettings((state) => state.settings.queuePaused)
  return (
    <div role="status" className={styles.status}>
      {held ? (
        <div className={styles.held}>
          <IconPlayerPause size={18} stroke={1.7} />
          <p>
            <strong>{t('queue.held.title')}</strong> {t('queue.held.body')}
          </p>
          <Button variant="primary" onClick={() => void queueActions.resumeAll()}>
            {t('queue.resume')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
