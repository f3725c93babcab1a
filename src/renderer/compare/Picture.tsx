import type { JobRow } from '@shared/contract'
import { IconAlertCircle, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { hasVideo, jobActions } from '../actions'
import { mediaUrl, problemOf } from '../api'
import { Overlay } from '../gallery/Overlay'
import { statusOf, ticks } from '../gallery/status'
import { useNow } from '../gallery/useNow'
import { turnOf, useLine } from '../state/jobs'
import { useSettings } from '../state/settings'
import { useStudio } from '../state/studio'
import { Button } from '../ui'
import styles from './Compare.module.css'
import type { Ensemble } from './ensemble'
import type { Column } from './useColumns'

interface PictureProps {
  column: Column
  ensemble: Ensemble
  broken: boolean
}

/** The video of a column, or what there is to see of it. */
export function Picture({ column: { id, letter, row, error }, ensemble, broken }: PictureProps) {
  const { t } = useTranslation()
  if (!row) {
    return (
      <div className={styles.blank} aria-busy={error === null}>
        {error === null ? null : (
          <p className={styles.said}>
            <IconTrash size={20} stroke={1.7} />
            {problemOf(error).title}
          </p>
        )}
      </div>
    )
  }
  if (!hasVideo(row)) return <Without row={row} />
  if (broken) {
    return (
      <div className={styles.blank}>
        <p className={styles.said} role="alert">
          <IconAlertCircle size={20} stroke={1.7} />
          {t('player.broken')}
        </p>
      </div>
    )
  }
  return <Video id={id} letter={letter} row={row} ensemble={ensemble} />
}

interface VideoProps {
  id: string
  letter: string
  row: JobRow
  ensemble: Ensemble
}

function Video({ id, letter, row, ensemble }: VideoProps) {
  const { t } = useTranslation()
  const element = useRef<HTMLVideoElement>(null)
  const seconds = (row.video?.durationMs ?? 0) / 1000
  const fps = row.video?.fps || 24
  useEffect(() => {
    const video = element.current
    if (!video) return undefined
    video.src = mediaUrl.video(id)
    const leave = ensemble.add(id, video, { seconds, fps })
    return () => {
      leave()
      // Lets the connection go at once instead of when the element is collected.
      video.removeAttribute('src')
      video.load()
    }
  }, [id, seconds, fps, ensemble])
  return (
    <video
      ref={element}
      className={styles.video}
      {...(row.poster === null ? {} : { poster: mediaUrl.poster(id, row.poster) })}
      playsInline
      muted
      preload="auto"
      tabIndex={0}
      data-letter={letter}
      aria-label={t('compare.videoNamed', { letter })}
      onFocus={() => ensemble.hear(id)}
      onClick={() => ensemble.toggle()}
    />
  )
}

/** A job without a video that can be played: why, and what can be done. */
function Without({ row }: { row: JobRow }) {
  const { t } = useTranslation()
  const model = useStudio((state) => state.models[row.model])
  const line = useLine((state) => state.jobs)
  const queuePaused = useSettings((state) => state.settings.queuePaused)
  const now = useNow(ticks(row))
  const status = statusOf(row, { model, now, queuePaused, turn: turnOf(line, row.seq) })
  const behind = row.poster === null ? null : mediaUrl.poster(row.id, row.poster)
  return (
    <div className={styles.blank} role="status">
      {behind === null ? null : <img src={behind} alt="" />}
      {status ? <Overlay status={status} /> : null}
      {row.video?.missing ? (
        <Button size="s" className={styles.way ?? ''} onClick={() => void jobActions.locate(row.id)}>
          {t('actions.locate')}
        </Button>
      ) : null}
    </div>
  )
}
