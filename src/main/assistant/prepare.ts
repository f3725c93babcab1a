import type { Message } from '@aws-sdk/client-bedrock-runtime'
import type { AskEstimate, AssistantModel, Money, ParsedAsk, Style } from '@shared/contract'
import { StudioError } from '@shared/problems'
import type { ExchangeRecord } from '../history'
import type { ConnectionAccess } from '../providers'
import { factsOf, partsOf } from './catalog'
import { checkAsk, checkCeiling, checkRoom } from './checks'
import type { ClaudePool } from './clients'
import { imagesToResend, messagesOf, type Picture } from './conversation'
import type { Counter } from './count'
import type { Lists } from './lists'
import { strangerOf } from './models'
import { readPicture } from './picture'
import { costOf } from './price'
import { wordTurn, type Target, type Turn } from './prompt'
import { builtInStyles } from './styles'
import { claudeId, type AssistantDeps } from './types'

/** Models that think before they answer get room for it beside the answer. */
const thinkingTokens = 4000
const currency = 'USD'

/** A request, ready to be sent: everything decided, nothing kept yet. */
export interface Prepared {
  access: ConnectionAccess
  model: AssistantModel
  conversationId: string | null
  broken: ExchangeRecord | null
  sent: ExchangeRecord['sent']
  messages: Message[]
  pictures: Picture[]
  maxTokens: number
  sampling: ParsedAsk['sampling']
}

/** Turns wishes into requests, and says what they would cost. */
export interface Preparer {
  account(connectionId: string): ConnectionAccess
  model(access: ConnectionAccess, id: string): Promise<AssistantModel>
  targets(ids: readonly string[]): Target[]
  style(id: string | undefined): Style | null
  ask(ask: ParsedAsk): Promise<Prepared>
  /** What it would cost at most; `exact` asks the service to count, which sends it. */
  estimate(prepared: Prepared, exact: boolean, signal?: AbortSignal): Promise<Omit<AskEstimate, 'refused'>>
  /** Throws `conflict` where the sum needs a yes. */
  guard(prepared: Prepared, cost: Money | null, approved: ParsedAsk['approved']): void
}

/** Makes the one that prepares requests. */
export function createPreparer(
  deps: AssistantDeps,
  { pool, lists, counter }: { pool: ClaudePool; lists: Lists; counter: Counter },
): Preparer {
  const { connections, providers, assets, store, settings, purse } = deps

  function account(id: string): ConnectionAccess {
    const record = connections.record(id)
    const access = connections.access(id)
    if (!record || !access) throw new StudioError('not_found', 'connection.notFound')
    if (record.provider !== claudeId) {
      const values = { provider: 'Claude' }
      throw new StudioError('invalid_request', 'connection.otherProvider', { values })
    }
    if (!record.enabled) {
      throw new StudioError('conflict', 'connection.disabled', { values: { connection: record.label } })
    }
    return access
  }

  async function model(access: ConnectionAccess, id: string): Promise<AssistantModel> {
    const { models } = await lists.get(access, false)
    const found = models.find((one) => one.id === id) ?? strangerOf(id)
    if (found.state === 'retired') {
      throw new StudioError('conflict', 'assistant.modelRetired', { values: { model: found.label } })
    }
    return found
  }

  const targets = (ids: readonly string[]) =>
    ids.map((id): Target => {
      const found = providers.model(id)
      if (!found) throw new StudioError('not_found', 'model.notFound')
      const { label, prompt } = found.model.info
      return { id, label, max: prompt.max }
    })

  function style(id: string | undefined): Style | null {
    if (id === undefined) return null
    const found = builtInStyles.find((one) => one.id === id) ?? store.style(id)
    if (!found) throw new StudioError('not_found', 'assistant.styleGone')
    return found
  }

  /** The conversation that a question is part of, and the answer that it goes on with. */
  function context({ conversationId, goOnFrom }: ParsedAsk) {
    const broken = goOnFrom === undefined ? null : store.exchange(goOnFrom)
    if (goOnFrom !== undefined) {
      if (!broken || (conversationId !== undefined && conversationId !== broken.conversationId))
        throw new StudioError('not_found', 'assistant.exchangeGone')
      const open =
        broken.state === 'broken' || broken.state === 'stopped' || broken.stopReason === 'max_tokens'
      if (!open || broken.answer.trim() === '' || broken.action === 'shots')
        throw new StudioError('conflict', 'assistant.nothingOpen')
    }
    const id = broken?.conversationId ?? conversationId ?? null
    if (id !== null && store.conversation(id) === null)
      throw new StudioError('not_found', 'assistant.conversationGone')
    return { id, broken, history: id === null ? [] : store.history(id) }
  }

  async function picture(id: string | null): Promise<Picture | null> {
    if (id === null) return null
    const path = assets.path(id)
    if (path === null) throw new StudioError('not_found', 'asset.notFound')
    return readPicture(path)
  }

  /** Images of earlier turns, as far as they are still there. */
  async function earlier(ids: readonly string[]): Promise<Map<string, Picture>> {
    const found = await Promise.all(ids.map(async (id) => [id, await picture(id).catch(() => null)] as const))
    return new Map(found.flatMap(([id, one]) => (one === null ? [] : [[id, one] as const])))
  }

  return {
    account,
    model,
    targets,
    style,
    async ask(ask) {
      const access = account(ask.connectionId)
      const chosen = await model(access, ask.model)
      checkAsk(ask, chosen)
      const { id, broken, history } = context(ask)
      const worded = wordTurn(ask, targets(ask.targets), style(ask.styleId))
      const imageId = (broken ? broken.imageId : ask.imageId) ?? null
      const shown = await picture(imageId)
      const pictures = await earlier(chosen.images ? imagesToResend(history, broken, imageId) : [])
      const sampling = broken ? broken.sent.sampling : ask.sampling
      const taken = chosen.sampling ? sampling : undefined
      return {
        access,
        model: chosen,
        conversationId: id,
        broken,
        sent: {
          system: broken?.sent.system ?? worded.system,
          turn: broken?.sent.turn ?? worded.turn,
          ...(taken === undefined ? {} : { sampling: taken }),
        },
        messages: messagesOf(history, { turn: worded.turn, picture: shown, imageId, broken, pictures }),
        pictures: [...pictures.values(), ...(shown ? [shown] : [])],
        maxTokens: roomFor(worded, chosen),
        sampling: taken,
      }
    },
    async estimate(prepared, exact, signal = new AbortController().signal) {
      const { access, model, sent, messages, pictures, maxTokens } = prepared
      const what = { system: sent.system, messages, pictures }
      const { tokens, counted } = exact
        ? await counter.count(pool.get(access), model.id, what, signal)
        : { tokens: counter.guess(what), counted: false }
      checkRoom(tokens, maxTokens, model)
      const { assistantCeiling: micros } = settings.get()
      return {
        tokensIn: tokens,
        counted,
        maxTokensOut: maxTokens,
        cost: costOf(model.price, { input: tokens, output: maxTokens }),
        priceDate: model.price?.date ?? null,
        ceiling: micros === null ? null : { micros, currency },
      }
    },
    guard({ access, model }, cost, approved) {
      const { assistantCeiling: micros } = settings.get()
      checkCeiling(cost, approved, micros === null ? null : { micros, currency }, model.label)
      purse.guard([{ connectionId: access.id, estimate: cost }], approved)
    },
  }
}

/** Tokens an answer may have. Always said: left out, a model's whole room is set aside from the quota. */
export function roomFor({ maxTokens }: Pick<Turn, 'maxTokens'>, model: AssistantModel): number {
  const { thinks } = factsOf(partsOf(model.id).foundation)
  return Math.min(model.maxOutputTokens, maxTokens + (thinks ? thinkingTokens : 0))
}
