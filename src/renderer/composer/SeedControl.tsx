import { IconDice5 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton, NumberField, Segmented } from '../ui'
import styles from './ParamControl.module.css'

interface SeedControlProps {
  label: string
  /** Undefined: a new one each time. */
  value: number | undefined
  max: number | null
  error?: string
  onChange: (seed: number | undefined) => void
}

/** A seed that people can say aloud, within what the model takes. */
function someSeed(max: number | null): number {
  return Math.floor(Math.random() * (Math.min(max ?? 999_999, 999_999) + 1))
}

/** A new seed for every job, or one that stays. */
export function SeedControl({ label, value, max, error, onChange }: SeedControlProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.seed}>
      <div className={styles.row}>
        <span className={styles.label}>{label}</span>
        <Segmented
          label={label}
          value={value === undefined ? 'auto' : 'fixed'}
          options={[
            { value: 'auto', label: t('composer.seed.auto') },
            { value: 'fixed', label: t('composer.seed.fixed') },
          ]}
          onChange={(kind) => onChange(kind === 'auto' ? undefined : someSeed(max))}
        />
      </div>
      {value === undefined ? null : (
        <div className={styles.pick}>
          <NumberField
            bare
            label={label}
            value={value}
            min={0}
            max={max ?? Number.MAX_SAFE_INTEGER}
            step={1}
            {...(error === undefined ? {} : { error })}
            onChange={(now) => onChange(now ?? undefined)}
          />
          <IconButton
            label={t('composer.seed.roll')}
            icon={<IconDice5 size={17} />}
            onClick={() => onChange(someSeed(max))}
          />
        </div>
      )}
      <p className={styles.hint}>{t('composer.seed.hint')}</p>
    </div>
  )
}
