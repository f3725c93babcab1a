import { IconAlertCircle, IconAlertTriangle, IconBan, IconFileOff } from '@tabler/icons-react'
import styles from './Inspector.module.css'

/** The shape of a state that stands still, over a picture. */
export function StatusSign({ sign }: { sign: 'failed' | 'attention' | 'cancelled' | 'missing' }) {
  const Sign = {
    failed: IconAlertCircle,
    attention: IconAlertTriangle,
    cancelled: IconBan,
    missing: IconFileOff,
  }[sign]
  return <Sign className={styles.sign} data-sign={sign} size={24} stroke={1.7} />
}
