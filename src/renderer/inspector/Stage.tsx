import type { JobRow } from '@shared/contract'
import { hasVideo } from '../actions'
import { mediaUrl } from '../api'
import { statusOf, ticks, type Status } from '../gallery/status'
import { useNow } from '../gallery/useNow'
import { say } from '../gallery/words'
import { turnOf, useLine } from '../state/jobs'
import { useSettings } from '../state/settings'
import { useStudio } from '../state/studio'
import { Ring } from '../ui'
import styles from './Inspector.module.css'
import { StatusSign } from './StatusSign'
import { Player } from './player/Player'

/** The video, or what there is to see of it until it is there. */
export function Stage({ row }: { row: JobRow }) {
  const model = useStudio((state) => state.models[row.model])
  const now = useNow(ticks(row))
  const queuePaused = useSettings((state) => state.settings.queuePaused)
  const line = useLine((state) => state.jobs)
  const { video } = row
  if (video && hasVideo(row)) return <Player key={row.id} id={row.id} poster={row.poster} {...video} />
  const status = statusOf(row, { model, now, queuePaused, turn: turnOf(line, row.seq) })
  const behind = row.poster
    ? mediaUrl.poster(row.id, row.poster)
    : row.firstInput
      ? mediaUrl.asset(row.firstInput)
      : null
  return (
    <div className={styles.stage} style={{ aspectRatio: String(row.ratio ?? 16 / 9) }}>
      {behind === null ? null : <img src={behind} alt="" />}
      {status ? <Words status={status} /> : null}
    </div>
  )
}

function Words({ status }: { status: Status }) {
  const { sign, progress, title, body } = status
  return (
    <div className={styles.over} role="status">
      {sign === 'ring' || sign === 'line' || sign === 'wait' || sign === 'paused' ? (
        <Ring value={progress} size={40} tone={sign === 'ring' ? 'running' : 'waiting'} over />
      ) : (
        <StatusSign sign={sign} />
      )}
      <div>
        <p className={styles.overTitle}>{say(title)}</p>
        {body ? <p>{say(body)}</p> : null}
      </div>
    </div>
  )
}
