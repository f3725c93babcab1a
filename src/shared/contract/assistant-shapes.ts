import { z } from 'zod'
import {
  assistantActions,
  assistantModelNotes,
  assistantModelStates,
  assistantStyles,
  assistantWaits,
  exchangeStates,
  promptLanguages,
} from '../words'
import { Id, Money } from './common'
import { Approval, Charged, JobError } from './job'

/** What tokens of a model cost, in micro-units of `currency` for a million of them, with the day and place it was read. */
export const TokenPrice = z.object({
  input: z.int(),
  output: z.int(),
  currency: z.string(),
  date: z.string(),
  source: z.string(),
  /** A request of more than `tokens` input tokens costs this much, all of it. */
  long: z.object({ tokens: z.int(), input: z.int(), output: z.int() }).optional(),
})
export type TokenPrice = z.infer<typeof TokenPrice>

/** A model that can write, as one account sees it. */
export const AssistantModel = z.object({
  /** What is sent as the model: an inference profile where the model needs one, else the foundation model. */
  id: z.string(),
  label: z.string(),
  /** Null where nobody told a price. */
  price: TokenPrice.nullable(),
  contextTokens: z.int(),
  maxOutputTokens: z.int(),
  /** Takes `temperature` or `topP`; the others refuse both. */
  sampling: z.boolean(),
  /** Looks at images. */
  images: z.boolean(),
  state: z.enum(assistantModelStates),
  /** `assistant.note.<note>` of the page's catalogue, with {@link until} in it. */
  note: z.enum(assistantModelNotes).nullable(),
  /** The day AWS retires it, `2026-11-30`; null where none is known. */
  until: z.string().nullable(),
})
export type AssistantModel = z.infer<typeof AssistantModel>

export const AssistantAction = z.enum(assistantActions)
export type AssistantAction = z.infer<typeof AssistantAction>

/** At most one of the two: models that take either refuse both together. */
export const Sampling = z
  .strictObject({
    temperature: z.number().min(0).max(1).optional(),
    topP: z.number().min(0).max(1).optional(),
  })
  .check(({ value, issues }) => {
    if (value.temperature === undefined || value.topP === undefined) return
    issues.push({ code: 'custom', path: ['topP'], input: value, params: { key: 'assistant.samplingBoth' } })
  })
export type Sampling = z.infer<typeof Sampling>

const longestPrompt = 50_000
const longestBrief = 200_000
/** What is sent as the model: an id, or the ARN of a profile. It goes into an address, which takes no half characters. */
export const ModelId = z
  .string()
  .min(1)
  .max(2048)
  .refine((id) => id.isWellFormed())
const Targets = z.array(z.string().min(1).max(80)).max(20)

/** What every request to a model has: who answers, whom the prompt is for, in which manner. */
const common = {
  connectionId: Id,
  model: ModelId,
  /** Models that the prompt is for; the answer keeps to the limits and the manner of them all. */
  targets: Targets.default([]),
  /** The language the prompt shall be in; left out, the one that the targets want, else the person's own. */
  language: z.enum(promptLanguages).optional(),
  /** A style by its id; see `styles`. */
  styleId: z.string().max(80).optional(),
  /** Left out, a new conversation begins. */
  conversationId: Id.optional(),
  sampling: Sampling.optional(),
  /** The yes to a sum above the ceiling, or beyond a month's budget. */
  approved: Approval.optional(),
}

/** One wish for words. */
export const Ask = z.strictObject({
  ...common,
  action: AssistantAction,
  /** The prompt as it stands in the composer. */
  prompt: z.string().max(longestPrompt).default(''),
  /** What the person says to it: needed for `chat`, a wish beside the action otherwise. */
  words: z.string().max(longestPrompt).default(''),
  /** How many variations. */
  count: z.int().min(2).max(10).optional(),
  /** An image to look at (`describe` needs one): an asset. */
  imageId: Id.optional(),
  /** An exchange whose stream broke or was stopped: the answer goes on where it ended. */
  goOnFrom: Id.optional(),
})
export type Ask = z.input<typeof Ask>
export type ParsedAsk = z.output<typeof Ask>

/** A shot of a list. `seconds` and `ratio` are null where the brief and the targets leave them open. */
export const Shot = z.object({
  number: z.int(),
  prompt: z.string(),
  seconds: z.number().nullable(),
  ratio: z.string().nullable(),
  notes: z.string(),
})
export type Shot = z.infer<typeof Shot>

/** Something asked and what came of it; kept as it happens. */
export const Exchange = z.object({
  id: Id,
  conversationId: Id,
  at: z.int(),
  action: z.enum([...assistantActions, 'shots']),
  words: z.string(),
  prompt: z.string(),
  /** All that has come. What of it is a prompt is told by `promptsIn` of `@shared/assistant`. */
  answer: z.string(),
  /** `shots` only, when the list was sound. */
  shots: z.array(Shot).nullable(),
  state: z.enum(exchangeStates),
  /** The exchange whose answer this one goes on with. */
  goesOnFrom: Id.nullable(),
  connectionId: z.string(),
  /** The connection's label, also when it was removed since. */
  connection: z.string().nullable(),
  model: z.string(),
  targets: z.array(z.string()),
  language: z.enum(promptLanguages).nullable(),
  imageId: Id.nullable(),
  styleId: z.string().nullable(),
  /** Null where the model chose by itself. */
  sampling: Sampling.nullable(),
  requestId: z.string().nullable(),
  /** In the service's own words: `end_turn`, `max_tokens`, … */
  stopReason: z.string().nullable(),
  tokensIn: z.int().nullable(),
  tokensOut: z.int().nullable(),
  /** Milliseconds from the call that was answered to its first word, and to its end. */
  firstWordMs: z.int().nullable(),
  latencyMs: z.int().nullable(),
  /** Calls made, repeats after a throttle among them. */
  tries: z.int(),
  /** What it could cost at most, as told before. */
  estimate: Money.nullable(),
  cost: Money.nullable(),
  costKind: z.enum(['exact', 'computed']).nullable(),
  charged: Charged,
  error: JobError.nullable(),
})
export type Exchange = z.infer<typeof Exchange>

/** A stream of an answer. Whoever leaves it stops the answer; what came is kept. */
export const AskEvent = z.discriminatedUnion('type', [
  /** Kept from here on, whatever happens. */
  z.object({ type: z.literal('begun'), exchange: Exchange }),
  z.object({ type: z.literal('words'), text: z.string() }),
  /** It is tried again after `ms` milliseconds. */
  z.object({ type: z.literal('waiting'), ms: z.int(), why: z.enum(assistantWaits) }),
  z.object({ type: z.literal('ended'), exchange: Exchange }),
])
export type AskEvent = z.infer<typeof AskEvent>

/** A brief that becomes shots. */
export const ShotsWish = z.strictObject({
  ...common,
  text: z.string().min(1).max(longestBrief),
  /** About how many shots, and how long all of them together. */
  count: z.int().min(1).max(100).optional(),
  seconds: z.number().min(1).max(3600).optional(),
})
export type ShotsWish = z.input<typeof ShotsWish>
export type ParsedShotsWish = z.output<typeof ShotsWish>

export const ShotsEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begun'), exchange: Exchange }),
  /** Shots that have come whole so far. */
  z.object({ type: z.literal('progress'), shots: z.array(Shot) }),
  z.object({ type: z.literal('waiting'), ms: z.int(), why: z.enum(assistantWaits) }),
  /** The list was not as it has to be; it is asked for once more with what is wrong. */
  z.object({ type: z.literal('repairing'), faults: z.int() }),
  /** `exchange.shots` is the list, or `exchange.error` says why there is none. */
  z.object({ type: z.literal('ended'), exchange: Exchange }),
])
export type ShotsEvent = z.infer<typeof ShotsEvent>

export const AskEstimate = z.object({
  tokensIn: z.int(),
  /** By the service itself; else it is our own, careful estimate. */
  counted: z.boolean(),
  /** What the answer may have at most. */
  maxTokensOut: z.int(),
  /** For the most tokens that may come; null where the price is not known. */
  cost: Money.nullable(),
  priceDate: z.string().nullable(),
  /** What one request may cost without a question; null when there is no such limit. */
  ceiling: Money.nullable(),
  /** `problem.<key>` with which it would be refused without an `approved`. */
  refused: z.string().nullable(),
})
export type AskEstimate = z.infer<typeof AskEstimate>

export const Conversation = z.object({
  id: Id,
  title: z.string(),
  createdAt: z.int(),
  updatedAt: z.int(),
  exchanges: z.int(),
  /** What is known to have been spent, by currency. */
  cost: z.array(Money),
})
export type Conversation = z.infer<typeof Conversation>

/** A manner of writing. `system` is what the model is told; of a built-in one the page knows the name, `assistant.style.<id>`. */
export const Style = z.object({
  id: z.union([z.enum(assistantStyles), Id]),
  name: z.string(),
  system: z.string(),
  builtIn: z.boolean(),
  updatedAt: z.int().nullable(),
})
export type Style = z.infer<typeof Style>

export const Brief = z.object({
  name: z.string(),
  kind: z.enum(['text', 'markdown', 'pdf']),
  text: z.string(),
  pages: z.int().nullable(),
})
export type Brief = z.infer<typeof Brief>
