import { useTranslation } from 'react-i18next'
import styles from './Player.module.css'
import { timecode } from './timecode'

interface ScrubberProps {
  time: number
  duration: number
  buffered: number
  /** Seconds of one press of an arrow key. */
  step: number
  onSeek: (seconds: number) => void
}

/** Where in the video one is, and the way to anywhere else in it. */
export function Scrubber({ time, duration, buffered, step, onSeek }: ScrubberProps) {
  const { t } = useTranslation()
  const share = (seconds: number) => (duration > 0 ? `${Math.min(100, (seconds / duration) * 100)}%` : '0%')
  return (
    <div className={styles.scrubber}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.buffered} style={{ width: share(buffered) }} />
        <span className={styles.played} style={{ width: share(time) }} />
      </span>
      <input
        type="range"
        className={styles.range}
        aria-label={t('player.position')}
        aria-valuetext={t('player.at', { time: timecode(time), total: timecode(duration) })}
        min={0}
        max={duration}
        step={step}
        value={Math.min(time, duration)}
        onChange={(event) => onSeek(event.currentTarget.valueAsNumber)}
      />
    </div>
  )
}
