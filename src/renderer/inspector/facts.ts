import type { JobDetail, JobEvent, JobRow, JobState, ModelInfo, Money, Price } from '@shared/contract'
import { runningStates } from '@shared/words'
import { readParams } from '../state/composer/draft'
import { fieldsOf, plainOf, type Control, type HeldValue } from '../state/composer/fields'
import { writtenOf } from '../state/composer/settings'

const running: readonly JobState[] = runningStates

/** A parameter of a finished job, with the words its model has for it. */
export interface ParamFact {
  title: string
  unit: string | null
  value: HeldValue
}

/** Controls that make more than a word or a figure. */
const made: ReadonlySet<Control | undefined> = new Set<Control>(['camera', 'motion', 'shots'])

/** What the line "Shape" and "Length" already say of a finished video. */
const shown = new Set(['ratio', 'resolution', 'duration', 'fps'])

/**
 * The parameters worth a line of their own. While there is no video, its intended shape and length are among them.
 * A model that is no longer there is read by its parameters' names.
 */
export function paramFacts(detail: JobDetail, model: ModelInfo | undefined): ParamFact[] {
  const fields = model ? fieldsOf(model.params) : []
  const params = readParams(detail.params)
  return Object.entries(params).flatMap(([name, value]) => {
    const field = fields.find((own) => own.name === name)
    const title = field?.title ?? name
    if (detail.video && shown.has(title)) return []
    const plain = plainOf(value)
    // What a control of its own makes has words only where the model still has that control.
    if (plain === undefined && !made.has(field?.control)) return []
    const told = field?.rate && plain !== undefined ? writtenOf(field, plain, params) : value
    return [{ title, unit: field?.unit ?? null, value: told }]
  })
}

const common = [
  [16, 9],
  [9, 16],
  [1, 1],
  [4, 3],
  [3, 4],
  [21, 9],
  [9, 21],
  [3, 2],
  [2, 3],
] as const

/** A picture's shape as people call it, within the rounding to even pixels; null where it has no such name. */
export function shapeName(width: number, height: number): string | null {
  const near = common.find(([across, down]) => Math.abs(width / height / (across / down) - 1) < 0.012)
  return near ? `${near[0]}:${near[1]}` : null
}

/** What is known of a job's money. `kind` is how it is said; `amount` is null where no price was known. */
export interface CostFact {
  kind: 'free' | 'exact' | 'computed' | 'estimate' | 'charged' | 'mayBe' | 'notCharged'
  amount: Money | null
}

/** What a job cost, will cost or may have cost; null while nothing can be said. What is unknown is never "no". */
export function costOf(row: JobRow, detail: Pick<JobDetail, 'costKind' | 'price'>): CostFact | null {
  const amount = row.cost ?? row.estimate
  if (amount?.micros === 0 || detail.price?.unit === 'free') return { kind: 'free', amount }
  if (row.cost) return { kind: detail.costKind ?? 'computed', amount }
  if (row.charged === 'yes') return { kind: amount ? 'computed' : 'charged', amount }
  if (running.includes(row.state)) return amount && { kind: 'estimate', amount }
  return { kind: row.charged === 'unknown' ? 'mayBe' : 'notCharged', amount }
}

/** The price that held for these parameters; null where none is known for them: no tier speaks of them, say. */
export function priceFor(price: Price, params: Record<string, unknown>): Money | null {
  const { unit, micros, currency, tiers = [] } = price
  if (unit === 'unknown') return null
  if (tiers.length === 0) return { micros, currency }
  const tier = tiers.find(({ when }) => Object.entries(when).every(([name, value]) => params[name] === value))
  return tier ? { micros: tier.micros, currency } : null
}

/** How the request that the provider accepted was sent, as far as the timeline knows. */
export function sentBy(events: readonly JobEvent[]): {
  transport: string | null
  requestId: string | null
  tries: number | null
} {
  const { transport, requestId, tries } = events.findLast((event) => event.kind === 'accepted')?.data ?? {}
  return {
    transport: typeof transport === 'string' ? transport : null,
    requestId: typeof requestId === 'string' ? requestId : null,
    tries: typeof tries === 'number' ? tries : null,
  }
}

/** What a job costs in a provider's own credits, where it names them: what it took, else what it announced. */
export function creditsOf(events: readonly JobEvent[]): { credits: number; exact: boolean } | null {
  for (const [kind, name] of [
    ['made', 'credits'],
    ['accepted', 'estimatedCredits'],
  ] as const) {
    const credits = events.findLast((event) => event.kind === kind)?.data[name]
    if (typeof credits === 'number') return { credits, exact: kind === 'made' }
  }
  return null
}
