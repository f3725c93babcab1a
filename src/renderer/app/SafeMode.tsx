import { IconShieldHalf } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { restart } from '../actions'
import { useStudio } from '../state/studio'
import { Button } from '../ui'
import styles from './Banner.module.css'

/** Says that this is safe mode, why, and how to leave it. */
export function SafeModeBanner() {
  const { t } = useTranslation()
  const why = useStudio((studio) => studio.info?.safeMode ?? null)
  if (why === null) return null
  return (
    <div className={styles.banner} data-level="warning" role="status">
      <IconShieldHalf size={17} stroke={1.7} />
      <p>
        <strong>{t(`safeMode.${why}`)}</strong> {t('safeMode.body')}
      </p>
      <Button size="s" onClick={() => void restart(false)}>
        {t('safeMode.leave')}
      </Button>
    </div>
  )
}
