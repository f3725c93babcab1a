import { IconBan, IconDots, IconPlayerPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { queueActions } from '../actions'
import { useCommand } from '../app/commands'
import { useLine } from '../state/jobs'
import { useSettings } from '../state/settings'
import { Button, confirm, IconButton, Menu } from '../ui'
import styles from './Queue.module.css'

/** Cancels everything, after asking: what a service has begun may be charged. */
function useCancelAll(count: number): () => void {
  const { t } = useTranslation()
  const cancelAll = async () => {
    const { ok } = await confirm({
      title: t('queue.cancelAll.title', { count }),
      body: t('queue.cancelAll.body'),
      action: t('queue.cancelAll.action', { count }),
      stay: t('queue.cancelAll.stay'),
      danger: true,
    })
    if (ok) await queueActions.cancelAll()
  }
  useCommand({
    id: 'queue.cancelAll',
    title: t('queue.cancelAll.command'),
    group: 'app',
    enabled: () => count > 0,
    run: () => void cancelAll(),
  })
  return () => void cancelAll()
}

/** What the queue holds, and what can be done with all of it. */
export function Header() {
  const { t } = useTranslation()
  const working = useLine((line) => line.working)
  const waiting = useLine((line) => line.waiting)
  const held = useSettings((state) => state.settings.queuePaused)
  const all = working + waiting
  const cancelAll = useCancelAll(all)
  return (
    <header className={styles.header}>
      <h1 id="queue-title" className={styles.title}>
        {t('nav.queue')}
      </h1>
      <p className={styles.summary} role="status">
        {all === 0 ? t('queue.idle') : t('queue.summary', { working, waiting })}
      </p>
      {held ? null : (
        <Button icon={<IconPlayerPause size={16} />} onClick={() => void queueActions.pauseAll()}>
          {t('queue.pause')}
        </Button>
      )}
      {all === 0 ? null : (
        <Menu
          align="end"
          entries={[
            {
              kind: 'item',
              id: 'waiting',
              label: t('queue.cancelWaiting'),
              icon: <IconBan size={16} />,
              disabled: waiting === 0,
              onSelect: () => void queueActions.cancelWaiting(),
            },
            {
              kind: 'item',
              id: 'all',
              label: t('queue.cancelAll.command'),
              icon: <IconBan size={16} />,
              danger: true,
              onSelect: cancelAll,
            },
          ]}
          trigger={<IconButton label={t('queue.more')} icon={<IconDots size={18} />} />}
        />
      )}
    </header>
  )
}
