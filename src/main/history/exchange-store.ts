import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { Exchange, Money, Sampling, Shot, TokenPrice } from '@shared/contract'
import { amount, json } from './columns'
import type { AssistantStore, ExchangeEnd, ExchangeRecord } from './types'

const Stored = Exchange.omit({ sampling: true }).extend({
  shots: json(z.array(Shot)).nullable(),
  targets: json(z.array(z.string())),
  error: json(Exchange.shape.error.unwrap()).nullable(),
  estimate: Money.nullable(),
  cost: Money.nullable(),
  sent: json(z.object({ system: z.string(), turn: z.string(), sampling: Sampling.optional() })),
  price: json(TokenPrice).nullable(),
  errorRaw: z.string().nullable(),
}) satisfies z.ZodType<Omit<ExchangeRecord, 'sampling'>>

type Row = Record<string, unknown>

/** Keeps exchanges with the assistant as they happen. */
export function createExchangeStore(
  db: Database,
): Pick<
  AssistantStore,
  'begin' | 'trying' | 'refused' | 'words' | 'end' | 'exchange' | 'streaming' | 'history'
> {
  const select = `
    SELECT exchange.id, conversation_id AS conversationId, at, action, words, prompt, answer, shots, state,
      goes_on_from AS goesOnFrom, connection_id AS connectionId, connection.label AS connection, model, targets,
      language, image_id AS imageId, style_id AS styleId, sent, request_id AS requestId, stop_reason AS stopReason,
      tokens_in AS tokensIn, tokens_out AS tokensOut, first_word_ms AS firstWordMs, latency_ms AS latencyMs, tries,
      price, estimate_micros AS estimateMicros, estimate_currency AS estimateCurrency, cost_micros AS costMicros,
      cost_currency AS costCurrency, cost_kind AS costKind, charged, error, error_raw AS errorRaw
    FROM exchange LEFT JOIN connection ON connection.id = connection_id`
  const byId = db.prepare<[string], Row>(`${select} WHERE exchange.id = ?`)
  const open = db.prepare<[], Row>(`${select} WHERE state = 'streaming' ORDER BY seq`)
  const ofConversation = db.prepare<[string], Row>(`${select} WHERE conversation_id = ? ORDER BY seq`)
  const converse = db.prepare(`
    INSERT INTO conversation (id, title, created_at, updated_at) VALUES (@conversationId, @title, @at, @at)
    ON CONFLICT (id) DO UPDATE SET updated_at = max(updated_at, excluded.updated_at)`)
  const insert = db.prepare(`
    INSERT INTO exchange (id, conversation_id, at, action, words, prompt, goes_on_from, connection_id, model, targets,
      language, image_id, style_id, sent, price, estimate_micros, estimate_currency)
    VALUES (@id, @conversationId, @at, @action, @words, @prompt, @goesOnFrom, @connectionId, @model, @targets,
      @language, @imageId, @styleId, @sent, @price, @estimateMicros, @estimateCurrency)`)
  const trying = db.prepare<[string]>(
    `UPDATE exchange SET tries = tries + 1, charged = 'unknown' WHERE id = ? AND state = 'streaming'`,
  )
  const refused = db.prepare<[string]>(
    `UPDATE exchange SET charged = 'no' WHERE id = ? AND state = 'streaming'`,
  )
  const words = db.prepare<[string, string]>(
    `UPDATE exchange SET answer = ? WHERE id = ? AND state = 'streaming'`,
  )
  const end = db.prepare(`
    UPDATE exchange SET answer = @answer, shots = @shots, request_id = @requestId, stop_reason = @stopReason,
      tokens_in = @tokensIn, tokens_out = @tokensOut, first_word_ms = @firstWordMs, latency_ms = @latencyMs,
      cost_micros = @costMicros, cost_currency = @costCurrency, cost_kind = @costKind, charged = @charged,
      error = @error, error_raw = @errorRaw, state = @state
    WHERE id = @id AND state = 'streaming'`)

  const read = (row: Row): ExchangeRecord => {
    const money = { cost: amount(row, 'cost'), estimate: amount(row, 'estimate') }
    const stored = Stored.parse({ ...row, ...money })
    return { ...stored, sampling: stored.sent.sampling ?? null }
  }
  const get = (id: string) => {
    const row = byId.get(id)
    return row === undefined ? null : read(row)
  }

  return {
    begin: db.transaction((exchange: Parameters<AssistantStore['begin']>[0], title: string) => {
      const { estimate, ...rest } = exchange
      converse.run({ conversationId: exchange.conversationId, title, at: exchange.at })
      insert.run({
        ...rest,
        targets: JSON.stringify(exchange.targets),
        sent: JSON.stringify(exchange.sent),
        price: text(exchange.price),
        estimateMicros: estimate?.micros ?? null,
        estimateCurrency: estimate?.currency ?? null,
      })
      return read(byId.get(exchange.id) ?? {})
    }),
    trying: (id) => void trying.run(id),
    refused: (id) => void refused.run(id),
    words: (id, answer) => void words.run(answer, id),
    end: (id, given) => end.run({ id, ...bind(given) }).changes === 1,
    exchange: get,
    streaming: () => open.all().map(read),
    history: (conversationId) => ofConversation.all(conversationId).map(read),
  }
}

const text = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value))

function bind(end: ExchangeEnd): Record<string, string | number | null> {
  return {
    answer: end.answer,
    state: end.state,
    charged: end.charged,
    shots: text(end.shots),
    requestId: end.requestId ?? null,
    stopReason: end.stopReason ?? null,
    tokensIn: end.tokensIn ?? null,
    tokensOut: end.tokensOut ?? null,
    firstWordMs: end.firstWordMs ?? null,
    latencyMs: end.latencyMs ?? null,
    costMicros: end.cost?.micros ?? null,
    costCurrency: end.cost?.currency ?? null,
    costKind: end.costKind ?? null,
    error: text(end.error),
    errorRaw: end.errorRaw ?? null,
  }
}
