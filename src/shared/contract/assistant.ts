import { eventIterator } from '@orpc/contract'
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
import { base, Done, Id, Money } from './common'
import { Approval, Charged, JobError, WireRequest } from './job'

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
const ModelId = z.string().min(1).max(2048)
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

const Title = z.string().trim().min(1).max(200)
const whole = (min: number, max: number) =>
  z.preprocess((v) => (typeof v === 'string' && /^\d+$/.test(v) ? Number(v) : v), z.int().min(min).max(max))
const flag = z.preprocess((v) => (v === 'true' ? true : v === 'false' ? false : v), z.boolean())

export const assistant = {
  models: base
    .route({ method: 'GET', path: '/assistant/models', summary: 'Models of an account that can write' })
    .input(z.strictObject({ connectionId: Id, refresh: flag.default(false) }))
    .output(
      z.object({
        models: z.array(AssistantModel),
        /** The one to begin with; null when none is ready. */
        usual: z.string().nullable(),
        /** When the account was asked; null where it could not be, and the list is the one we know. */
        at: z.int().nullable(),
        /** Why it could not be asked. */
        error: JobError.nullable(),
      }),
    ),
  /** Asks the service for a count of tokens only where `exact` is true and the person has agreed to sending. */
  estimate: base
    .route({ method: 'POST', path: '/assistant/estimate', summary: 'What a request would cost at most' })
    .input(Ask.extend({ exact: z.boolean().default(false) }))
    .output(AskEstimate),
  estimateShots: base
    .route({
      method: 'POST',
      path: '/assistant/estimate-shots',
      summary: 'What a shot list would cost at most',
    })
    .input(ShotsWish.extend({ exact: z.boolean().default(false) }))
    .output(AskEstimate),
  /** What would be sent, word for word; images as their size. Works without an account. Sends nothing. */
  preview: base
    .route({ method: 'POST', path: '/assistant/preview', summary: 'Exact request; nothing is sent' })
    .input(Ask.extend({ connectionId: Id.optional(), model: ModelId.optional() }))
    .output(z.object({ request: WireRequest })),
  /**
   * Throws `conflict` `assistant.ceiling` (`values` as `money.confirm`) or as the guard before Generate does, and
   * `forbidden` `assistant.consent` or `assistant.off`, before anything is kept or sent. All else is told in `ended`.
   */
  ask: base
    .route({
      method: 'POST',
      path: '/assistant/ask',
      summary: 'Ask for words; they come as server-sent events',
    })
    .input(Ask)
    .output(eventIterator(AskEvent)),

  conversations: {
    list: base
      .route({ method: 'GET', path: '/assistant/conversations', summary: 'Conversations, latest first' })
      .input(
        z.strictObject({
          /** Words of their titles, questions, prompts and answers; every word must occur in one of them. */
          q: z.string().max(1000).optional(),
          cursor: z.string().max(200).optional(),
          limit: whole(1, 200).default(50),
        }),
      )
      .output(z.object({ conversations: z.array(Conversation), nextCursor: z.string().nullable() })),
    get: base
      .route({ method: 'GET', path: '/assistant/conversations/{id}', summary: 'A conversation, all of it' })
      .input(z.strictObject({ id: Id }))
      .output(Conversation.extend({ history: z.array(Exchange) })),
    rename: base
      .route({ method: 'PATCH', path: '/assistant/conversations/{id}', summary: 'Give it another title' })
      .input(z.strictObject({ id: Id, title: Title }))
      .output(Conversation),
    /** Its words are gone; what it cost stays counted. */
    remove: base
      .route({ method: 'DELETE', path: '/assistant/conversations/{id}', summary: 'Delete a conversation' })
      .input(z.strictObject({ id: Id }))
      .output(Done),
    /** Markdown. */
    export: base
      .route({
        method: 'GET',
        path: '/assistant/conversations/{id}/export',
        summary: 'A conversation as Markdown',
      })
      .input(z.strictObject({ id: Id }))
      .output(z.object({ name: z.string(), text: z.string() })),
  },

  styles: {
    list: base
      .route({ method: 'GET', path: '/assistant/styles', summary: 'Styles: ours, then the person’s own' })
      .output(z.object({ styles: z.array(Style) })),
    /** Without an `id` a new one. Built-in ones cannot be changed, only taken as the start of an own one. */
    save: base
      .route({ method: 'POST', path: '/assistant/styles', summary: 'Keep a style' })
      .input(
        z.strictObject({
          id: Id.optional(),
          name: z.string().trim().min(1).max(80),
          system: z.string().trim().min(1).max(20_000),
        }),
      )
      .output(Style),
    remove: base
      .route({ method: 'DELETE', path: '/assistant/styles/{id}', summary: 'Delete a style of one’s own' })
      .input(z.strictObject({ id: Id }))
      .output(Done),
  },

  brief: {
    /** Text, Markdown or PDF as the file it is, or `s3://bucket/key` read through a connection with AWS keys. */
    read: base
      .input(
        z.union([
          z.strictObject({ file: z.instanceof(Blob), name: z.string().max(255) }),
          z.strictObject({ uri: z.string().max(2048), connectionId: Id }),
        ]),
      )
      .output(Brief),
    /** Refusals as of `ask`. */
    shots: base
      .route({
        method: 'POST',
        path: '/assistant/shots',
        summary: 'A brief as a list of shots, as it is made',
      })
      .input(ShotsWish)
      .output(eventIterator(ShotsEvent)),
  },
}
