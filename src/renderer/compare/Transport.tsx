import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRepeat,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Scrubber } from '../inspector/player/Scrubber'
import { SpeedMenu } from '../inspector/player/SpeedMenu'
import { timecode } from '../inspector/player/timecode'
import { IconButton } from '../ui'
import styles from './Compare.module.css'
import type { Ensemble } from './ensemble'

/** One set of buttons for all videos at once. `step` is the length of a frame in seconds. */
export function Transport({ ensemble, step }: { ensemble: Ensemble; step: number }) {
  const { t } = useTranslation()
  const { playing, time, seconds, speed, loop, heard } = useSyncExternalStore(
    ensemble.subscribe,
    ensemble.standing,
  )
  return (
    <div className={styles.transport} role="group" aria-label={t('compare.transport')}>
      <IconButton
        label={t('player.back')}
        kbd=","
        icon={<IconChevronLeft size={18} />}
        onClick={() => ensemble.step(-1)}
      />
      <IconButton
        label={t(playing ? 'player.pause' : 'player.play')}
        kbd="Space"
        icon={playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
        onClick={() => ensemble.toggle()}
      />
      <IconButton
        label={t('player.forward')}
        kbd="."
        icon={<IconChevronRight size={18} />}
        onClick={() => ensemble.step(1)}
      />
      <span className={styles.clock}>{timecode(time)}</span>
      <Scrubber time={time} duration={seconds} buffered={0} step={step} onSeek={(to) => ensemble.seek(to)} />
      <span className={styles.clock}>{timecode(seconds)}</span>
      <IconButton
        label={t(heard === null ? 'player.unmute' : 'player.mute')}
        kbd="M"
        icon={heard === null ? <IconVolumeOff size={17} /> : <IconVolume size={17} />}
        onClick={() => ensemble.toggleMute()}
      />
      <SpeedMenu speed={speed} setSpeed={(to) => ensemble.setSpeed(to)} />
      <IconButton
        label={t('player.loop')}
        pressed={loop}
        icon={<IconRepeat size={17} />}
        onClick={() => ensemble.setLoop(!loop)}
      />
    </div>
  )
}
