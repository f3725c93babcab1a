import { z } from 'zod'
import { base, Price } from './common'
import { InputRole } from './job'

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
  /** How the provider takes it: its bytes, or only an address that it reads it from, so that it must lie somewhere. */
  sent: z.enum(['bytes', 'address']),
})
export type InputRule = z.infer<typeof InputRule>

/** The setting of a connection that something hangs on, and the values with which it does. */
const When = z.object({ field: z.string(), in: z.array(z.string()) })
export type When = z.infer<typeof When>

/** One model, described well enough to draw its form, check its values and estimate its price. */
export const ModelInfo = z.object({
  id: z.string(),
  provider: z.string(),
  label: z.string(),
  summary: z.string(),
  /**
   * JSON Schema of the parameters. Each property carries `title` (catalogue key `param.<title>`), `default`,
   * and `x-ui`: `{place: 'chip'|'more', control: 'choice'|'slider'|'number'|'switch'|'seed'|'text'|'camera'|'motion'|'shots',
   * unit?: string, step?: number, as?: Record<string, string | number>, pair?, frames?, only?}`. `as` tells what a value
   * stands for where models write one thing in several ways (`"1104:832"` as `4:3`, 121 frames as 5 seconds), so that one
   * choice can be made for all of them. `step` counts from the minimum; `pair: {with, title, as}` makes one size of two
   * parameters; `frames: {rate, usual}` names the parameter by which a number of frames is a length; `only: {params?, needs?,
   * without?}` tells with which values of others and images of which roles it works, and not together with what.
   * A `camera` holds `{type, config?}`; a `motion` `{static_mask?, dynamic_masks?: [{mask, trajectories: [{x, y}]}]}`, whose
   * masks are inputs of the request; `shots` hold `{shot_type, multi_prompt?: [{prompt, duration}]}`, and `shots: {most, text, of}`
   * tells how many there may be, how long their texts, and which parameter is the length of all.
   */
  params: z.record(z.string(), z.unknown()),
  /** Only connections with such a setting have this model; null where all of the provider's have it. */
  servedBy: When.nullable(),
  prompt: z.object({ required: z.enum(['always', 'without_image', 'never']), max: z.int() }),
  inputs: z.array(InputRule),
  price: Price,
  typicalSeconds: z.number().nullable(),
  concurrency: z.int(),
  cancel: z.enum(['stops', 'stops_watching']),
  docs: z.string().nullable(),
})
export type ModelInfo = z.infer<typeof ModelInfo>

/** What an account at a provider is made of, described well enough to draw its form. */
export const ConnectionForm = z.object({
  /**
   * JSON Schema of the settings. Each property carries `title` (catalogue key `connection.field.<title>`), `default`, and
   * `x-ui`: `{group: 'main'|'more', control: 'choice'|'text'|'switch'|'number'|'tags'|'profile'|'hosting', when?, placeholder?}`.
   */
  settings: z.record(z.string(), z.unknown()),
  /** Secrets in the order of the form; `when` names the setting that calls for it. */
  secrets: z.array(
    z.object({ name: z.string(), title: z.string(), required: z.boolean(), when: When.optional() }),
  ),
  /** Whether {@link connections.policy} and {@link connections.local} have answers. */
  policy: z.boolean(),
  local: z.boolean(),
  /** What is asked for jobs that only the provider knows; null where it has no list of them. */
  imports: z.string().nullable(),
  docs: z.string().nullable(),
})
export type ConnectionForm = z.infer<typeof ConnectionForm>

export const ProviderInfo = z.object({
  id: z.string(),
  label: z.string(),
  needsConnection: z.boolean(),
  offline: z.boolean(),
  /** Whether it can be asked about a job whose submit was never answered. */
  finds: z.boolean(),
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
