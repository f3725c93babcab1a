import {
  IconAlertCircle,
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
} from '@tabler/icons-react'
import type { TestStep } from '@shared/contract'
import styles from './Sign.module.css'
import type { Standing } from './fields'

const size = { size: 17, stroke: 1.8 }

/** The shape that goes with the word on how things stand with a connection. */
export function StandingSign({ standing }: { standing: Standing }) {
  switch (standing) {
    case 'ready':
      return <IconCircleCheck {...size} className={styles.ok} />
    case 'failed':
      return <IconAlertCircle {...size} className={styles.failed} />
    case 'over':
    case 'secrets':
      return <IconAlertTriangle {...size} className={styles.attention} />
    case 'untested':
      return <IconCircle {...size} className={styles.quiet} />
    case 'off':
      return <IconCircleMinus {...size} className={styles.quiet} />
  }
}

/** The shape that goes with the word on how a step of the test ended. */
export function StepSign({ state }: { state: TestStep['state'] }) {
  switch (state) {
    case 'ok':
      return <IconCircleCheck {...size} className={styles.ok} />
    case 'failed':
      return <IconAlertCircle {...size} className={styles.failed} />
    case 'unknown':
      return <IconAlertTriangle {...size} className={styles.attention} />
    case 'skipped':
      return <IconCircleDashed {...size} className={styles.quiet} />
  }
}
