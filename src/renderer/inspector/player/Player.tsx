import {
  IconAlertCircle,
  IconChevronLeft,
  IconChevronRight,
  IconGripVertical,
  IconMaximize,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRepeat,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react'
import type { VideoFile } from '@shared/contract'
import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../api'
import { dragOut } from '../../actions'
import { downloadOf, jobType } from '../../drop'
import { isSafeMode, useStudio } from '../../state/studio'
import { IconButton, Slider, type IconButtonProps } from '../../ui'
import styles from './Player.module.css'
import { Scrubber } from './Scrubber'
import { SpeedMenu } from './SpeedMenu'
import { timecode } from './timecode'
import { usePlayer, type PlayerControls } from './usePlayer'
import { usePlayerCommands } from './usePlayerCommands'

interface PlayerProps {
  id: string
  /** Version of the poster, null while there is none. */
  poster: string | null
  width: number
  height: number
  fps: number
  durationMs: number
  file: VideoFile
}

const keys: Record<string, (controls: PlayerControls, seconds: number) => void> = {
  ' ': (controls) => controls.toggle(),
  ArrowLeft: (controls) => controls.skip(-1),
  ArrowRight: (controls) => controls.skip(1),
  Home: (controls) => controls.seek(0),
  End: (controls, seconds) => controls.seek(seconds),
}

/** Plays a video of the library: by frame, in a loop, at any speed, full screen. */
export function Player({ id, poster, width, height, fps, durationMs, file }: PlayerProps) {
  const { t } = useTranslation()
  const stage = useRef<HTMLDivElement>(null)
  const element = useRef<HTMLVideoElement>(null)
  const rate = fps > 0 ? fps : 24
  const [state, controls] = usePlayer(element, {
    source: mediaUrl.video(id),
    fps: rate,
    seconds: durationMs / 1000,
  })
  usePlayerCommands(controls)

  const onKeyDown = (event: KeyboardEvent) => {
    // A button answers to Space, the scrubber to arrows; everything else here is the video's.
    const own = event.target instanceof HTMLButtonElement && event.key === ' '
    const ranged = event.target instanceof HTMLInputElement && event.key !== ' '
    const act = keys[event.key]
    if (!act || own || ranged || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    act(controls, state.duration)
  }
  const fullScreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen()
    else void stage.current?.requestFullscreen()
  }

  return (
    <div
      ref={stage}
      className={styles.stage}
      role="group"
      aria-label={t('player.label')}
      onKeyDown={onKeyDown}
    >
      <video
        ref={element}
        className={styles.video}
        style={{ aspectRatio: `${width} / ${height}` }}
        {...(poster === null ? {} : { poster: mediaUrl.poster(id, poster) })}
        playsInline
        preload={isSafeMode() ? 'none' : 'metadata'}
        tabIndex={0}
        aria-label={t('player.video')}
        onClick={controls.toggle}
        onDoubleClick={fullScreen}
      />
      {state.broken ? (
        <p className={styles.broken} role="alert">
          <IconAlertCircle size={18} />
          {t('player.broken')}
        </p>
      ) : null}
      <div className={styles.bar}>
        <span className={styles.time}>{timecode(state.time)}</span>
        <Scrubber {...state} step={1 / rate} onSeek={controls.seek} />
        <span className={styles.time}>{timecode(state.duration)}</span>
      </div>
      <div className={styles.bar}>
        <Key
          label={t('player.back')}
          kbd=","
          icon={<IconChevronLeft size={17} />}
          onClick={() => controls.step(-1)}
        />
        <Key
          label={t(state.playing ? 'player.pause' : 'player.play')}
          kbd="K"
          icon={state.playing ? <IconPlayerPauseFilled size={17} /> : <IconPlayerPlayFilled size={17} />}
          onClick={controls.toggle}
        />
        <Key
          label={t('player.forward')}
          kbd="."
          icon={<IconChevronRight size={17} />}
          onClick={() => controls.step(1)}
        />
        {state.sound ? (
          <span className={styles.sound}>
            <Key
              label={t(state.muted ? 'player.unmute' : 'player.mute')}
              icon={state.muted ? <IconVolumeOff size={16} /> : <IconVolume size={16} />}
              onClick={() => controls.setMuted(!state.muted)}
            />
            <Slider
              bare
              label={t('player.volume')}
              value={state.muted ? 0 : state.volume}
              min={0}
              max={1}
              step={0.05}
              onChange={controls.setVolume}
            />
          </span>
        ) : null}
        <span className={styles.rest} />
        <SpeedMenu speed={state.speed} setSpeed={controls.setSpeed} />
        <Key
          label={t('player.loop')}
          pressed={state.loop}
          icon={<IconRepeat size={16} />}
          onClick={() => controls.setLoop(!state.loop)}
        />
        <DragHandle id={id} file={file} />
        <Key label={t('player.full')} icon={<IconMaximize size={16} />} onClick={fullScreen} />
      </div>
    </div>
  )
}

function Key(props: IconButtonProps) {
  return <IconButton size="s" className={styles.key ?? ''} {...props} />
}

/** Drags the file out: natively where the shell can, else as a download that the system's file manager takes. */
function DragHandle({ id, file }: { id: string; file: VideoFile }) {
  const { t } = useTranslation()
  const native = useStudio((state) => state.info?.capabilities.dragOut ?? false)
  return (
    <Key
      label={t('player.drag')}
      icon={<IconGripVertical size={16} />}
      draggable
      onDragStart={(event) => {
        if (native) {
          event.preventDefault()
          dragOut([id])
          return
        }
        const address = new URL(mediaUrl.download(id), document.baseURI).href
        event.dataTransfer.effectAllowed = 'copy'
        event.dataTransfer.setData('DownloadURL', downloadOf(id, file, address))
        event.dataTransfer.setData(jobType, id)
      }}
    />
  )
}
