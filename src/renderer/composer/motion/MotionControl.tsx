import { IconBrush } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { HeldValue } from '../../state/composer'
import { Button } from '../../ui'
import { openBrush } from './brush'
import styles from './Motion.module.css'
import { paintedText } from './words'

interface MotionControlProps {
  label: string
  model: string
  name: string
  value: HeldValue | undefined
  disabled: boolean
  onChange: (value: undefined) => void
}

/** What was painted with the motion brush, and the way to it. */
export function MotionControl({ label, model, name, value, disabled, onChange }: MotionControlProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.control} role="group" aria-label={label}>
      <span className={styles.label}>
        {label}
        {value === undefined ? null : <span className={styles.what}>{paintedText(t, value)}</span>}
      </span>
      <span className={styles.buttons}>
        {value === undefined || disabled ? null : (
          <Button size="s" variant="quiet" onClick={() => onChange(undefined)}>
            {t('composer.motion.remove')}
          </Button>
        )}
        <Button
          size="s"
          icon={<IconBrush size={15} />}
          disabled={disabled}
          onClick={() => openBrush({ model, name })}
        >
          {t(value === undefined ? 'composer.motion.paint' : 'composer.motion.change')}
        </Button>
      </span>
    </div>
  )
}
