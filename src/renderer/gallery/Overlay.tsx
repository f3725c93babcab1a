import {
  IconAlertCircle,
  IconAlertTriangle,
  IconCircleX,
  IconFileOff,
  IconHourglass,
  IconPlayerPause,
} from '@tabler/icons-react'
import { Ring } from '../ui'
import styles from './Card.module.css'
import type { Status } from './status'
import { say } from './words'

function Sign({ status }: { status: Status }) {
  switch (status.sign) {
    case 'ring':
      return <Ring value={status.progress} size={34} over />
    case 'line':
      return <Ring value={null} size={34} tone="waiting" over />
    case 'wait':
      return <IconHourglass className={styles.sign} size={20} stroke={1.8} />
    case 'paused':
      return <IconPlayerPause className={styles.sign} size={20} stroke={1.8} />
    case 'failed':
      return <IconAlertCircle className={styles.sign} size={20} stroke={1.8} />
    case 'attention':
      return <IconAlertTriangle className={styles.sign} size={20} stroke={1.8} />
    case 'missing':
      return <IconFileOff className={styles.sign} size={20} stroke={1.8} />
    case 'cancelled':
      return <IconCircleX className={styles.sign} size={20} stroke={1.8} />
  }
}

/** The state of a job over its dimmed picture: a sign, what is the matter, what it means. */
export function Overlay({ status }: { status: Status }) {
  return (
    <div className={styles.overlay} data-sign={status.sign}>
      <Sign status={status} />
      <div className={styles.words}>
        <div className={styles.what}>{say(status.title)}</div>
        {status.body ? <div className={styles.means}>{say(status.body)}</div> : null}
      </div>
    </div>
  )
}
