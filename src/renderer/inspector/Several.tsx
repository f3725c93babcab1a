import type { JobRow } from '@shared/contract'
import { IconBan, IconColumns2, IconRefresh, IconStar, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { batchActions, canCancel, canCompare, compare } from '../actions'
import { mediaUrl } from '../api'
import { bytes, clock, count, money } from '../format'
import { rows } from '../state/jobs'
import { clearSelection } from '../state/selection'
import { Button } from '../ui'
import styles from './Inspector.module.css'
import { Section } from './Section'
import { sumOf } from './sums'

/** Posters shown of a selection. */
const mostPosters = 9
/** Rows looked at for the sums; a larger selection is counted, not added up. */
const mostRows = 2000

/** The rows at hand of what is chosen, drawn again when one of them changes. */
function useRows(seqs: ReadonlySet<number>): JobRow[] {
  const [, redraw] = useState(0)
  useEffect(() => {
    if (seqs.size > mostRows) return undefined
    const stops = [...seqs].map((seq) => rows.listen(seq, () => redraw((n) => n + 1)))
    return () => {
      for (const stop of stops) stop()
    }
  }, [seqs])
  return seqs.size > mostRows ? [] : [...seqs].flatMap((seq) => rows.get(seq) ?? [])
}

/** Several chosen jobs: how they look together, what they come to, and what can be done with all of them. */
export function Several({ seqs }: { seqs: ReadonlySet<number> }) {
  const { t } = useTranslation()
  const found = useRows(seqs)
  const all = [...seqs]
  const whole = found.length === seqs.size
  const sum = sumOf(found)
  const failed = found.filter((row) => row.state === 'failed').length
  const live = found.filter(canCancel).length
  const posters = found.flatMap((row) => (row.poster ? [{ id: row.id, version: row.poster }] : []))

  return (
    <div className={styles.inspector} role="region" aria-label={t('inspector.label')}>
      <div className={styles.top}>
        <h2 className={styles.severalTitle}>
          {t('inspector.several.title', { count: seqs.size, formatted: count(seqs.size) })}
        </h2>
        {posters.length > 0 ? (
          <ul className={styles.posters}>
            {posters.slice(0, mostPosters).map(({ id, version }) => (
              <li key={id}>
                <img src={mediaUrl.poster(id, version)} alt="" />
              </li>
            ))}
          </ul>
        ) : null}
        <div className={styles.batch}>
          <Button icon={<IconStar size={16} />} onClick={() => void batchActions.favourite(all)}>
            {t('card.favourite')}
          </Button>
          {whole && canCompare(found) ? (
            <Button icon={<IconColumns2 size={16} />} onClick={() => compare(found)}>
              {t('compare.action')}
            </Button>
          ) : null}
          {failed > 0 ? (
            <Button icon={<IconRefresh size={16} />} onClick={() => void batchActions.retry(all)}>
              {t('actions.retryFailed')}
            </Button>
          ) : null}
          {live > 0 ? (
            <Button icon={<IconBan size={16} />} onClick={() => void batchActions.cancel(all)}>
              {t('actions.cancel')}
            </Button>
          ) : null}
          <Button icon={<IconTrash size={16} />} onClick={() => void batchActions.remove(all)}>
            {t('actions.delete')}
          </Button>
          <Button variant="quiet" onClick={clearSelection}>
            {t('gallery.selectNone')}
          </Button>
        </div>
      </div>
      {whole && (sum.videos > 0 || sum.cost.length > 0 || sum.unknown.length > 0) ? (
        <Section title={t('inspector.several.together')}>
          <dl className={styles.facts}>
            {sum.videos > 0 ? (
              <div className={styles.fact}>
                <dt>{t('inspector.facts.length')}</dt>
                <dd>{`${clock(sum.durationMs)} · ${bytes(sum.bytes)}`}</dd>
              </div>
            ) : null}
            {sum.cost.length > 0 ? (
              <div className={styles.fact}>
                <dt>{t('inspector.facts.cost')}</dt>
                <dd>{sum.cost.map(money).join(' + ')}</dd>
              </div>
            ) : null}
            {sum.unknown.length > 0 ? (
              <div className={styles.fact}>
                <dt>{t('usage.unknown')}</dt>
                <dd>{sum.unknown.map(money).join(' + ')}</dd>
              </div>
            ) : null}
          </dl>
        </Section>
      ) : null}
    </div>
  )
}
