import { useTranslation } from 'react-i18next'
import { Menu } from '../../ui'
import styles from './Player.module.css'
import { speeds } from './timecode'

/** The speed a video is watched at, and the others to choose from. */
export function SpeedMenu({ speed, setSpeed }: { speed: number; setSpeed: (speed: number) => void }) {
  const { t } = useTranslation()
  return (
    <Menu
      side="top"
      align="end"
      trigger={
        <button type="button" className={styles.speed} aria-label={t('player.speed', { speed })}>
          {`${speed}×`}
        </button>
      }
      entries={speeds.map((own) => ({
        kind: 'item',
        id: String(own),
        label: `${own}×`,
        checked: own === speed,
        onSelect: () => setSpeed(own),
      }))}
    />
  )
}
