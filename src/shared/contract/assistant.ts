import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import {
  Ask,
  AskEstimate,
  AskEvent,
  AssistantModel,
  Brief,
  Conversation,
  Exchange,
  ModelId,
  ShotsEvent,
  ShotsWish,
  Style,
} from './assistant-shapes'
import { base, Done, Id } from './common'
import { JobError, WireRequest } from './job'

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
  /** What would be sent for a shot list, word for word. Sends nothing. */
  previewShots: base
    .route({
      method: 'POST',
      path: '/assistant/preview-shots',
      summary: 'Exact request for a shot list; nothing is sent',
    })
    .input(ShotsWish)
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
