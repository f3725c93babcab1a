import type { Charged, JobRow, ModelInfo } from '@shared/contract'

/** A sentence of the catalogue below `card.` with its values; `seconds` and `money` are formatted by the card. */
export interface Phrase {
  key: string
  values?: { seconds?: number; percent?: number; turn?: number; model?: string }
}

/** What lies over a card's picture: a sign, what is the matter, and what it means for the person. */
export interface Status {
  sign: 'ring' | 'line' | 'wait' | 'paused' | 'failed' | 'attention' | 'cancelled' | 'missing'
  /** 0 to 1, null where it cannot be known. */
  progress: number | null
  title: Phrase
  body: Phrase | null
}

/** What a status is made of beside the row. */
export interface StatusContext {
  model: ModelInfo | undefined
  /** Which turn the job has in its line, 1 being next. */
  turn: number | null
  /** The whole queue is paused. */
  queuePaused: boolean
  /** UTC milliseconds. */
  now: number
}

/** What a card says over its picture; null when the picture says it all. */
export function statusOf(row: JobRow, context: StatusContext): Status | null {
  if (row.waiting === 'safe_mode') return waiting(row)
  switch (row.state) {
    case 'queued':
      return queued(row, context)
    case 'submitting':
      return running(null, { key: 'sending' }, null)
    case 'processing':
      return row.waiting && row.waiting !== 'held' ? waiting(row) : processing(row, context)
    case 'downloading':
      return row.waiting ? waiting(row) : running(row.progress, { key: 'downloading' }, percent(row.progress))
    case 'completed':
      return row.video?.missing
        ? { sign: 'missing', progress: null, title: { key: 'missing' }, body: { key: 'missingBody' } }
        : null
    case 'failed': {
      const code = row.error?.code ?? 'internal'
      return { sign: 'failed', progress: null, title: { key: `failed.${code}` }, body: outcome(row, context) }
    }
    case 'cancelling':
      return running(null, { key: 'cancelling' }, null)
    case 'cancelled':
      return { sign: 'cancelled', progress: null, title: { key: 'cancelled' }, body: outcome(row, context) }
    case 'needs_attention':
      return {
        sign: 'attention',
        progress: null,
        title: { key: attentionKey(row) },
        body: { key: row.charged === 'no' ? 'notCharged' : 'attentionBody' },
      }
  }
}

/** The heading of a job that needs attention, below `card.`: one that was never sent is not said to have cost anything. */
export function attentionKey({ charged }: Pick<JobRow, 'charged'>): 'attention' | 'attentionFree' {
  return charged === 'no' ? 'attentionFree' : 'attention'
}

function running(progress: number | null, title: Phrase, body: Phrase | null): Status {
  return { sign: 'ring', progress, title, body }
}

function waiting(row: JobRow): Status {
  const reason = row.waiting ?? 'turn'
  return {
    sign: 'wait',
    progress: row.progress,
    title: { key: `wait.${reason}` },
    body: { key: `waitBody.${reason}` },
  }
}

function queued(row: JobRow, context: StatusContext): Status {
  if (row.waiting !== 'paused' && !context.queuePaused)
    return row.waiting && row.waiting !== 'turn' ? waiting(row) : inLine(context)
  const why = row.waiting === 'paused' ? 'paused' : 'queuePaused'
  return { sign: 'paused', progress: null, title: { key: `wait.${why}` }, body: { key: `waitBody.${why}` } }
}

function inLine({ turn, model }: StatusContext): Status {
  const title: Phrase =
    turn === null ? { key: 'line' } : turn === 1 ? { key: 'next' } : { key: 'turn', values: { turn } }
  const body: Phrase | null =
    model === undefined
      ? null
      : model.concurrency === 1
        ? { key: 'oneAtATime', values: { model: model.label } }
        : { key: 'startsSoon' }
  return { sign: 'line', progress: null, title, body }
}

function percent(progress: number | null): Phrase | null {
  return progress === null ? null : { key: 'percent', values: { percent: Math.floor(progress * 100) } }
}

function processing(row: JobRow, { model, now }: StatusContext): Status {
  const elapsed = row.startedAt === null ? null : Math.max(0, (now - row.startedAt) / 1000)
  const title = percent(row.progress) ?? { key: row.waiting === 'held' ? 'holding' : 'rendering' }
  if (row.delayed) return running(row.progress, title, { key: 'delayed' })
  if (elapsed === null) return running(row.progress, title, null)
  if (row.progress !== null) {
    // The first few per cent say too little about the rest.
    const left = row.progress < 0.05 ? null : (elapsed / row.progress) * (1 - row.progress)
    return running(row.progress, title, left === null ? null : { key: 'left', values: { seconds: left } })
  }
  const usual = row.usualMs === null ? (model?.typicalSeconds ?? null) : row.usualMs / 1000
  const body: Phrase =
    usual === null || elapsed > usual
      ? { key: 'elapsed', values: { seconds: elapsed } }
      : { key: 'left', values: { seconds: usual - elapsed } }
  return running(null, title, body)
}

/** Whether it was charged, in words; for a model that costs nothing, how to go on instead. */
function outcome(row: JobRow, { model }: StatusContext): Phrase {
  if (model?.price.unit === 'free') return { key: 'again' }
  const words: Record<Charged, string> = { yes: 'charged', no: 'notCharged', unknown: 'mayBeCharged' }
  return { key: words[row.charged] }
}

/** Whether the words of a status change with time alone, so that the card must look at the clock. */
export function ticks(row: JobRow): boolean {
  const works = row.waiting === null || row.waiting === 'held'
  return row.state === 'processing' && row.startedAt !== null && works && !row.delayed
}

/** The figure under a card: what it cost, or is estimated to cost while unfinished; null where not known. */
export function priceOf(row: JobRow): { amount: NonNullable<JobRow['cost']>; estimated: boolean } | null {
  if (row.cost) return { amount: row.cost, estimated: false }
  const open = row.finishedAt === null || row.charged !== 'no'
  return row.estimate && open ? { amount: row.estimate, estimated: true } : null
}

/** The quiet ground under a card without a picture, as a CSS background: its own, and always the same. */
export function groundOf(id: string): string {
  let hash = 2166136261
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 16777619)
  // The last characters of neighbouring ids differ little; one more turn tells their colours apart.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash ^= hash >>> 13
  const hue = (hash >>> 0) % 360
  const angle = 115 + ((hash >>> 9) % 50)
  const stops = [`oklch(66% 0.07 ${hue})`, `oklch(48% 0.05 ${hue + 30}) 55%`, `oklch(30% 0.03 ${hue + 60})`]
  return `linear-gradient(${angle}deg, ${stops.join(', ')})`
}
