import type { JobRow } from '@shared/contract'
import {
  IconBan,
  IconColumns2,
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconStar,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { batchActions, canCancel, canCompare, canPause, canResume, compare, hasVideo } from '../actions'
import { count } from '../format'
import { rows } from '../state/jobs'
import { clearSelection, useSelection } from '../state/selection'
import { Button, IconButton } from '../ui'
import { chooseAll } from './choose'
import styles from './SelectionBar.module.css'

/** Beyond this many, what applies is found out only when it is done. */
const watched = 500

/** The rows of what is chosen, kept up to date; null where not all are at hand. */
function useChosenRows(chosen: ReadonlySet<number>): JobRow[] | null {
  const [, redraw] = useState(0)
  const few = chosen.size <= watched
  useEffect(() => {
    if (!few) return
    const stops = [...chosen].map((seq) => rows.listen(seq, () => redraw((n) => n + 1)))
    return () => {
      for (const stop of stops) stop()
    }
  }, [chosen, few])
  if (!few) return null
  const found = [...chosen].flatMap((seq) => rows.get(seq) ?? [])
  return found.length === chosen.size ? found : null
}

/** What can be done with several chosen cards, over the lower edge of the grid. */
export function SelectionBar() {
  const { t } = useTranslation()
  const chosen = useSelection((state) => state.chosen)
  const selecting = useSelection((state) => state.selecting)
  const found = useChosenRows(chosen)
  if (!selecting && chosen.size < 2) return null

  const seqs = [...chosen]
  const none = seqs.length === 0
  const figure = (applies: (row: JobRow) => boolean) => (found ? found.filter(applies).length : null)
  const failed = figure((row) => row.state === 'failed')
  const live = figure(canCancel)
  const queued = figure(canPause)
  const paused = figure(canResume)
  const videos = figure(hasVideo)
  const withFigure = (words: string, number: number | null) =>
    number === null || number === seqs.length ? words : `${words} ${count(number)}`

  return (
    <div className={styles.bar} role="toolbar" aria-label={t('actions.menu')}>
      <span className={styles.count} role="status">
        {t('gallery.selected', { count: seqs.length, formatted: count(seqs.length) })}
      </span>
      <Button variant="quiet" size="s" onClick={chooseAll}>
        {t('gallery.selectAll')}
      </Button>
      <span className={styles.rule} />
      <Button
        variant="quiet"
        size="s"
        icon={<IconStar size={16} />}
        disabled={none}
        onClick={() => void batchActions.favourite(seqs)}
      >
        {t('card.favourite')}
      </Button>
      {found && canCompare(found) ? (
        <Button
          variant="quiet"
          size="s"
          icon={<IconColumns2 size={16} />}
          kbd="C"
          onClick={() => compare(found)}
        >
          {t('compare.action')}
        </Button>
      ) : null}
      {failed === 0 ? null : (
        <Button
          variant="quiet"
          size="s"
          icon={<IconRefresh size={16} />}
          disabled={none}
          onClick={() => void batchActions.retry(seqs)}
        >
          {withFigure(t('actions.retryFailed'), failed)}
        </Button>
      )}
      {queued === 0 || queued === null ? null : (
        <Button
          variant="quiet"
          size="s"
          icon={<IconPlayerPause size={16} />}
          onClick={() => void batchActions.pause(seqs)}
        >
          {withFigure(t('actions.pause'), queued)}
        </Button>
      )}
      {paused === 0 || paused === null ? null : (
        <Button
          variant="quiet"
          size="s"
          icon={<IconPlayerPlay size={16} />}
          onClick={() => void batchActions.resume(seqs)}
        >
          {withFigure(t('actions.resume'), paused)}
        </Button>
      )}
      {live === 0 ? null : (
        <Button
          variant="quiet"
          size="s"
          icon={<IconBan size={16} />}
          disabled={none}
          onClick={() => void batchActions.cancel(seqs)}
        >
          {withFigure(t('actions.cancel'), live)}
        </Button>
      )}
      {videos === 0 || videos === null || videos > 20 ? null : (
        <Button
          variant="quiet"
          size="s"
          icon={<IconDownload size={16} />}
          disabled={none}
          onClick={() => void batchActions.exportCopies(seqs)}
        >
          {withFigure(t('actions.download'), videos)}
        </Button>
      )}
      <Button
        variant="quiet"
        size="s"
        icon={<IconTrash size={16} />}
        disabled={none}
        onClick={() => void batchActions.remove(seqs)}
      >
        {t('actions.delete')}
      </Button>
      <IconButton
        size="s"
        label={t('gallery.selectNone')}
        kbd="Escape"
        icon={<IconX size={16} />}
        onClick={clearSelection}
      />
    </div>
  )
}
