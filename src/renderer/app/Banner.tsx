import { IconAlertTriangle, IconInfoCircle, IconPlugConnectedX, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../api'
import { noticeText } from '../messages'
import { useStudio } from '../state/studio'
import { IconButton } from '../ui'
import styles from './Banner.module.css'
import { SafeModeBanner } from './SafeMode'

function Connection() {
  const { t } = useTranslation()
  const connection = useConnection()
  const lost = connection === 'lost' || connection === 'refused'
  return (
    <div role="status">
      {lost ? (
        <div className={styles.banner} data-level="warning">
          <IconPlugConnectedX size={17} stroke={1.7} />
          <p>
            <strong>{t(`connection.${connection}.title`)}</strong> {t(`connection.${connection}.body`)}
          </p>
        </div>
      ) : null}
    </div>
  )
}

function Notices() {
  const { t } = useTranslation()
  const { notices, dismissNotice } = useStudio()
  return notices.map((notice) => (
    <div key={notice.id} className={styles.banner} data-level={notice.level} role="status">
      {notice.level === 'warning' ? (
        <IconAlertTriangle size={17} stroke={1.7} />
      ) : (
        <IconInfoCircle size={17} stroke={1.7} />
      )}
      <p>{noticeText(notice.key, notice.values, notice.message)}</p>
      <IconButton
        size="s"
        label={t('ui.dismiss')}
        icon={<IconX size={15} />}
        onClick={() => dismissNotice(notice.id)}
      />
    </div>
  ))
}

/** What concerns the whole studio: a lost connection, and what it has to say. */
export function Banner() {
  return (
    <div className={styles.banners}>
      <Connection />
      <SafeModeBanner />
      <Notices />
    </div>
  )
}
