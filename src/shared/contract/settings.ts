import { z } from 'zod'
import { proxyModes } from '../words'
import { longestTemplate, templateFault } from '../nameTemplate'
import { checkProxyUrl, longestProxyUrl } from '../proxy'
import { base, Done, Id } from './common'
import { JobSort } from './jobs'

/** The person's choices; each has a default, unknown ones are refused. */
export const Settings = z.strictObject({
  language: z.enum(['system', 'en', 'zh-CN']).default('system'),
  theme: z.enum(['system', 'dark', 'light']).default('system'),
  /** Width of a gallery card in pixels. */
  cardSize: z.int().min(160).max(420).default(232),
  sort: JobSort.default('newest'),
  /** `{date} {time} {model} {words} {seed} {id}` are replaced. */
  nameTemplate: z
    .string()
    .max(longestTemplate)
    .check(({ value, issues }) => {
      const params = templateFault(value)
      if (params) issues.push({ code: 'custom', input: value, params })
    })
    .default('{date} {model} {words}'),
  notify: z.boolean().default(true),
  hoverPreviews: z.boolean().default(true),
  inspectorOpen: z.boolean().default(true),
  /** Nothing new is sent while this holds. */
  queuePaused: z.boolean().default(false),
  deleteFiles: z.enum(['ask', 'keep', 'trash']).default('ask'),
  /** Jobs that cost more than this together are asked about first, in micro-units of USD; null never asks. */
  confirmAbove: z.int().min(0).max(1_000_000_000_000).nullable().default(5_000_000),
  /** What all connections together may spend in a month, in micro-units of USD. */
  budget: z.int().min(0).max(1_000_000_000_000).nullable().default(null),
  /** Percent of a budget from which on it is warned of. */
  budgetWarning: z.int().min(10).max(100).default(80),
  proxyMode: z.enum(proxyModes).default('system'),
  /** `http://host:port`, used with `manual`; empty for none. Never a password: settings are no place for secrets. */
  proxyUrl: z
    .string()
    .max(longestProxyUrl)
    .check(({ value, issues }) => {
      const key = value === '' ? null : checkProxyUrl(value)
      if (key) issues.push({ code: 'custom', input: '', params: { key } })
    })
    .default(''),
  /** The prompt assistant; switched off, it is not to be seen and nothing is ever sent. */
  assistant: z.boolean().default(true),
  /** The person was shown what is sent, and agreed. */
  assistantConsent: z.boolean().default(false),
  /** What one request to the assistant may cost without a question, in micro-units of USD; null never asks. */
  assistantCeiling: z.int().min(0).max(1_000_000_000_000).nullable().default(50_000),
  /** Who answered last. */
  assistantModel: z
    .strictObject({ connectionId: Id, model: z.string().min(1).max(2048) })
    .nullable()
    .default(null),
  /** A sign in the system's tray; closing the window then leaves Dailies running. */
  tray: z.boolean().default(false),
  openAtLogin: z.boolean().default(false),
  /** Opened at login, the window stays out of the way. */
  startHidden: z.boolean().default(false),
  /** Spelling in prompts; null is on only where nothing has to be fetched for it. */
  spelling: z.boolean().nullable().default(null),
  /** Ask by itself whether there is a newer Dailies; nothing is fetched without a yes. */
  checkUpdates: z.boolean().default(true),
})
export type Settings = z.infer<typeof Settings>

/** What stands in the composer, kept across restarts. Opaque to main beyond its size. */
export const Draft = z.record(z.string(), z.unknown())

export const settings = {
  get: base.route({ method: 'GET', path: '/settings', summary: 'The person’s choices' }).output(Settings),
  set: base
    .route({ method: 'PATCH', path: '/settings', summary: 'Change some of them' })
    // No defaults here: a setting that was not named must stay as it is.
    .input(
      z.strictObject(
        Object.fromEntries(Object.entries(Settings.shape).map(([k, s]) => [k, s.unwrap().optional()])) as {
          [K in keyof typeof Settings.shape]: z.ZodOptional<ReturnType<(typeof Settings.shape)[K]['unwrap']>>
        },
      ),
    )
    .output(Settings),
  draft: base.output(Draft.nullable()),
  saveDraft: base.input(z.strictObject({ draft: Draft.nullable() })).output(Done),
}
