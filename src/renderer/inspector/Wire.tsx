import type { JobDetail } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import styles from './Inspector.module.css'
import { RequestView } from './RequestView'

/** The request of a job as it was sent, folded away until somebody wants to know. */
export function Wire({ detail }: { detail: JobDetail }) {
  const { t } = useTranslation()
  if (!detail.request) return null
  return (
    <section className={styles.section}>
      <details className={styles.details}>
        <summary>{t('inspector.request.title')}</summary>
        <RequestView request={detail.request} />
      </details>
    </section>
  )
}
