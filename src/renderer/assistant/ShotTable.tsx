import { IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rowsOf, type Row } from '../batch/plan'
import { useBatchQuotes } from '../batch/quotes'
import { batchEstimate, quoteKey, type Quote } from '../batch/sum'
import { troubleText } from '../batch/words'
import { priceText } from '../composer/EstimateLine'
import type { Problem } from '../api'
import { about } from '../format'
import { sentences } from '../messages'
import { useAssistant } from '../state/assistant'
import { maxRequests, useComposer } from '../state/composer'
import { connectionIdFor, useConnections } from '../state/connections'
import { useStudio } from '../state/studio'
import { Button } from '../ui'
import { generateShots, useGenerating } from './generateShots'
import { ShotLine } from './ShotLine'
import { emptyRow, entriesFrom, fieldOf, inserted, mostShots, type ShotFault } from './shotTable'
import styles from './Shots.module.css'

/** What is asked for: each row once for each chosen model, with the composer's settings. */
function useRequests(): Row[] {
  const shots = useAssistant((state) => state.shots)
  const composition = useComposer()
  const models = useStudio((state) => state.models)
  const accounts = useConnections((state) => state.connections)
  return useMemo(
    () =>
      rowsOf(
        { entries: entriesFrom(shots), images: [], role: 'first', seeds: null, count: 1 },
        {
          composition,
          models: Object.values(models),
          connectionOf: (model, chosen) => connectionIdFor(model, chosen, accounts),
        },
      ),
    [shots, composition, models, accounts],
  )
}

/** The shots, each a line to be worked on, and all of them as one batch. */
export function ShotTable() {
  const { t } = useTranslation()
  const shots = useAssistant((state) => state.shots)
  const models = useStudio((state) => state.models)
  const [said, setSaid] = useState('')
  const { sending, refusal, made } = useGenerating()
  const rows = useRequests()
  const { quotes, asking } = useBatchQuotes(rows)
  const wrongAt = (place: number) => wrongOf(t, rows, quotes, place, refusal)
  const add = () => useAssistant.setState({ shots: inserted(shots, emptyRow(crypto.randomUUID())) })
  if (shots.length === 0)
    return (
      <div className={styles.none}>
        <p>{t('assistant.shots.none')}</p>
        <Button size="s" icon={<IconPlus size={14} />} onClick={add}>
          {t('assistant.shots.add')}
        </Button>
      </div>
    )
  const estimate = batchEstimate(rows, quotes, (id) => models[id]?.concurrency ?? 1)
  const refused = shots.filter((_, place) => wrongAt(place).length > 0).length
  const why =
    rows.length === 0
      ? t('batch.noModels')
      : rows.length > maxRequests
        ? t('batch.tooManyRows', { count: String(rows.length), max: maxRequests })
        : refusal !== null && refusal.issues.length === 0
          ? sentences(refusal.title, refusal.hint)
          : refused > 0
            ? t('assistant.shots.wrong', { count: refused })
            : null
  return (
    <section className={styles.table} aria-label={t('assistant.shots.table')}>
      <ol className={styles.rows}>
        {shots.map((shot, place) => (
          <ShotLine
            key={shot.key}
            shot={shot}
            place={place}
            count={shots.length}
            wrong={wrongAt(place)}
            onMoved={(at) => setSaid(t('assistant.shots.now', { place: at + 1, count: shots.length }))}
          />
        ))}
      </ol>
      <p className="sr-only" role="status">
        {said}
      </p>
      <div className={styles.foot}>
        <Button size="s" icon={<IconPlus size={14} />} disabled={shots.length >= mostShots} onClick={add}>
          {t('assistant.shots.add')}
        </Button>
        <Button size="s" variant="quiet" onClick={() => useAssistant.setState({ shots: [] })}>
          {t('assistant.shots.clear')}
        </Button>
        <p className={why === null ? styles.sum : styles.wrong} role="status">
          {why ??
            (made !== null
              ? t('composer.estimate.sent', { count: made })
              : asking
                ? t('composer.estimate.asking')
                : [
                    priceText(t, estimate),
                    ...(estimate.seconds === null ? [] : [about(estimate.seconds).toLocaleLowerCase()]),
                  ].join(' · '))}
        </p>
        <Button
          variant="primary"
          disabled={rows.length === 0 || why !== null || asking || sending}
          onClick={() => void generateShots(rows)}
        >
          {t('batch.generate', { count: rows.length })}
        </Button>
      </div>
    </section>
  )
}

/** What is wrong with a row, for any of its models, each sentence once. */
function wrongOf(
  t: ReturnType<typeof useTranslation>['t'],
  rows: readonly Row[],
  quotes: ReadonlyMap<string, Quote>,
  place: number,
  refusal: Problem | null,
): ShotFault[] {
  const found = rows.flatMap((row, at): ShotFault[] => {
    if (row.place !== place) return []
    const { trouble } = row
    if (trouble) {
      const field = trouble.kind === 'cell' ? fieldOf(trouble.cell.column) : 'prompt'
      return [{ field, text: troubleText(t, row, trouble) }]
    }
    const refused = refusal?.issues.find(({ path }) => path[0] === 'requests' && Number(path[1]) === at)
    if (refused) return [{ field: 'prompt', text: refused.text }]
    const quote = quotes.get(quoteKey(row.request))
    if (!quote || !('said' in quote)) return []
    return [{ field: 'prompt', text: `${row.model?.label ?? row.request.model}: ${quote.said}` }]
  })
  return found.filter(({ text }, at) => found.findIndex((other) => other.text === text) === at)
}
