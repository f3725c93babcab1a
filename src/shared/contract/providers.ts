import { z } from 'zod'
import { base, Price } from './common'
import { InputRole } from './jobs'

/** Limits of the image a model takes in one role. Sides in pixels, sizes in bytes, ratio is width over height. */
export const InputRule = z.object({
  role: InputRole,
  required: z.boolean(),
  max: z.int(),
  mimes: z.array(z.string()),
  maxBytes: z.int(),
  minSide: z.int(),
  maxSide: z.int(),
  minRatio: z.number(),
  maxRatio: z.number(),
})
export type InputRule = z.infer<typeof InputRule>

/** One model, described well enough to draw its form, check its values and estimate its price. */
export const ModelInfo = z.object({
  id: z.string(),
  provider: z.string(),
  label: z.string(),
  summary: z.string(),
  /**
   * JSON Schema of the parameters. Each property carries `title` (catalogue key `param.<title>`), `default`,
   * and `x-ui`: `{place: 'chip'|'more', control: 'choice'|'slider'|'number'|'switch'|'seed', unit?: string}`.
   */
  params: z.record(z.string(), z.unknown()),
  prompt: z.object({ required: z.enum(['always', 'without_image', 'never']), max: z.int() }),
  inputs: z.array(InputRule),
  price: Price,
  typicalSeconds: z.number().nullable(),
  concurrency: z.int(),
  cancel: z.enum(['stops', 'stops_watching']),
  docs: z.string().nullable(),
})
export type ModelInfo = z.infer<typeof ModelInfo>

const When = z.object({ field: z.string(), in: z.array(z.string()) })

/** What an account at a provider is made of, described well enough to draw its form. */
export const ConnectionForm = z.object({
  /**
   * JSON Schema of the settings. Each property carries `title` (catalogue key `connection.field.<title>`), `default`, and
   * `x-ui`: `{group: 'main'|'more', control: 'choice'|'text'|'switch'|'number'|'tags'|'profile', when?, placeholder?}`.
   */
  settings: z.record(z.string(), z.unknown()),
  /** Secrets in the order of the form; `when` names the setting that calls for it. */
  secrets: z.array(
    z.object({ name: z.string(), title: z.string(), required: z.boolean(), when: When.optional() }),
  ),
  /** Whether {@link connections.policy}, {@link connections.local} and {@link connections.strays} have answers. */
  policy: z.boolean(),
  local: z.boolean(),
  imports: z.boolean(),
  docs: z.string().nullable(),
})
export type ConnectionForm = z.infer<typeof ConnectionForm>

export const ProviderInfo = z.object({
  id: z.string(),
  label: z.string(),
  needsConnection: z.boolean(),
  offline: z.boolean(),
  /** Null for a provider that needs no account. */
  connection: ConnectionForm.nullable(),
  models: z.array(ModelInfo),
})
export type ProviderInfo = z.infer<typeof ProviderInfo>

export const providers = {
  list: base
    .route({
      method: 'GET',
      path: '/providers',
      summary: 'Providers, models, parameter schemas, capabilities, prices',
    })
    .output(z.object({ providers: z.array(ProviderInfo) })),
}
