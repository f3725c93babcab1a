import styles from './Ring.module.css'

export interface RingProps {
  /** 0 to 1; null where how far it is cannot be known. */
  value: number | null
  /** In pixels. */
  size: number
  /** `waiting` stands still, dashed; `done` is full, once. */
  tone?: 'running' | 'waiting' | 'done'
  /** Lies on a picture. */
  over?: boolean
  /** Its name for screen readers; without it the words beside it must say the same. */
  label?: string
}

/** How far something is, as a ring. */
export function Ring({ value, size, tone = 'running', over = false, label }: RingProps) {
  const radius = 16
  const around = 2 * Math.PI * radius
  const share = tone === 'done' ? 1 : (value ?? 0.28)
  const named =
    label === undefined
      ? { 'aria-hidden': true }
      : {
          role: 'progressbar',
          'aria-label': label,
          'aria-valuemin': 0,
          'aria-valuemax': 100,
          ...(value === null ? {} : { 'aria-valuenow': Math.round(value * 100) }),
        }
  return (
    <svg
      className={styles.ring}
      data-tone={tone}
      data-over={over ? '' : undefined}
      data-unknown={value === null && tone === 'running' ? '' : undefined}
      width={size}
      height={size}
      viewBox="0 0 40 40"
      fill="none"
      {...named}
    >
      <circle className={styles.track} cx="20" cy="20" r={radius} />
      {tone === 'waiting' ? null : (
        <circle
          className={styles.arc}
          cx="20"
          cy="20"
          r={radius}
          strokeDasharray={around}
          strokeDashoffset={around * (1 - Math.min(1, Math.max(0, share)))}
        />
      )}
    </svg>
  )
}
