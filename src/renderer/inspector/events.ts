import type { JobEvent } from '@shared/contract'

/** Events of one kind that followed each other. */
export interface EventLine {
  id: number
  /** UTC milliseconds, of the first and the last. */
  at: number
  until: number
  times: number
  kind: string
  tone: 'plain' | 'running' | 'done' | 'failed' | 'attention'
  data: Record<string, unknown>
}

function toneOf(event: JobEvent): EventLine['tone'] {
  switch (event.to) {
    case 'submitting':
    case 'processing':
    case 'downloading':
      return 'running'
    case 'completed':
      return 'done'
    case 'failed':
      return 'failed'
    case 'needs_attention':
      return 'attention'
    case 'queued':
    case 'cancelling':
    case 'cancelled':
      return 'plain'
  }
}

/** A job's events as lines: the same thing over and over is one line with its number. */
export function linesOf(events: readonly JobEvent[]): EventLine[] {
  const lines: EventLine[] = []
  for (const event of events) {
    const last = lines.at(-1)
    if (last && last.kind === event.kind && last.tone === toneOf(event)) {
      last.times += 1
      last.until = event.at
      last.data = event.data
      continue
    }
    const { id, at, kind, data } = event
    lines.push({ id, at, until: at, times: 1, kind, data, tone: toneOf(event) })
  }
  return lines
}
