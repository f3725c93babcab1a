import { IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { list, useJobs } from '../state/jobs'
import { Button } from '../ui'
import { Empty } from './Empty'
import styles from './GalleryView.module.css'
import { Grid } from './Grid'
import { Loading } from './Loading'
import { SelectionBar } from './SelectionBar'
import { Toolbar } from './Toolbar'
import { useGalleryCommands } from './useGalleryCommands'

function Held() {
  const { t } = useTranslation()
  const held = useJobs((state) => state.held.length)
  return (
    <div className={styles.held} role="status">
      {held > 0 ? (
        <Button size="s" icon={<IconArrowUp size={15} />} onClick={() => list.toTop()}>
          {t('gallery.new', { count: held })}
        </Button>
      ) : null}
    </div>
  )
}

/** The gallery: everything ever asked for, as cards. */
export function GalleryView() {
  const { t } = useTranslation()
  const status = useJobs((state) => state.status)
  const none = useJobs((state) => state.order.length === 0)
  useGalleryCommands()
  return (
    <section className={styles.gallery} aria-label={t('gallery.title')}>
      <Toolbar />
      <div className={styles.cards}>
        {status === 'loading' ? <Loading /> : none || status === 'error' ? <Empty /> : <Grid />}
        <Held />
        <SelectionBar />
      </div>
    </section>
  )
}
