import type { BudgetStanding } from '@shared/contract'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { percent, sum } from '../format'
import styles from './Standing.module.css'

const signs = { ok: IconCircleCheck, warning: IconAlertTriangle, over: IconCircleX }

/** One budget of this month: how much of it is gone, may be gone, and is set aside. */
export function Standing({ name, standing }: { name: string; standing: BudgetStanding }) {
  const { t } = useTranslation()
  const { currency, limit, spent, unknown, reserved, state } = standing
  const used = spent + unknown + reserved
  const amount = (micros: number) => sum({ micros, currency })
  if (limit === null || state === 'none') {
    return (
      <li className={styles.standing}>
        <div className={styles.head}>
          <span className={styles.name}>{name}</span>
          <span className={styles.figure}>{amount(used)}</span>
        </div>
        <p className={styles.state}>{t('usage.budget.none')}</p>
      </li>
    )
  }
  const Sign = signs[state]
  // What is beyond the limit is said in words; the bar ends with the budget.
  const scale = Math.max(limit, used, 1)
  const share = (micros: number) => `${(micros / scale) * 100}%`
  const words =
    used > limit
      ? t('usage.budget.beyond', { amount: amount(used - limit) })
      : t('usage.budget.left', { amount: amount(limit - used) })
  return (
    <li className={styles.standing}>
      <div className={styles.head}>
        <span className={styles.name}>{name}</span>
        <span className={styles.figure}>
          {t('usage.budget.of', { used: amount(used), limit: amount(limit) })}
        </span>
      </div>
      <div
        className={styles.bar}
        role="meter"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={limit / 1_000_000}
        aria-valuenow={Math.min(used, limit) / 1_000_000}
        aria-valuetext={t('usage.budget.of', { used: amount(used), limit: amount(limit) })}
      >
        <i className={styles.spent} data-state={state} style={{ width: share(spent) }} />
        <i className={styles.unknown} style={{ width: share(unknown) }} />
        <i className={styles.reserved} style={{ width: share(reserved) }} />
      </div>
      <p className={styles.state} data-state={state}>
        <Sign size={14} />
        {t(`usage.budget.state.${state}`, { share: percent(limit === 0 ? 1 : used / limit) })}
        <span className={styles.rest}>{words}</span>
      </p>
    </li>
  )
}
