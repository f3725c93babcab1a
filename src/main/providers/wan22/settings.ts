import type { ProblemKey } from '@shared/problems'
import { z } from 'zod'
import { addressRule, baseOf } from '../../wire'

const ui = (title: string, rest: Record<string, unknown>) => ({ title, 'x-ui': rest })

/**
 * What is wrong with the address of a deployment, `https://…/v4/<project>/<app>`, or null (Cerebrium documentation,
 * "REST API": a function is called at `/v4/{project_id}/{app_name}/{function_name}`).
 */
export function deploymentRule(text: string): ProblemKey | null {
  const key = addressRule(text)
  if (key) return key
  const parts = new URL(baseOf(text)).pathname.split('/')
  const after = parts.slice(parts.indexOf('v4') + 1)
  if (!parts.includes('v4') || after.length < 2 || after.includes('')) return 'wan22.address'
  return after.length > 2 ? 'wan22.addressFunction' : null
}

/** The name of a function that Cerebrium exposes: those beginning with `_` are not. */
export function functionRule(text: string): ProblemKey | null {
  return /^[A-Za-z]\w{0,99}$/.test(text) ? null : 'wan22.function'
}

const text = (rule: (text: string) => ProblemKey | null) =>
  z.string().check(({ value, issues }) => {
    const key = rule(value)
    if (key) issues.push({ code: 'custom', input: value, params: { key } })
  })

/** What a connection to a deployment at Cerebrium is made of, without its key. */
export const WanSettings = z.strictObject({
  address: text(deploymentRule).meta(
    ui('deployment', {
      group: 'main',
      control: 'text',
      placeholder: 'https://api.aws.us-east-1.cerebrium.ai/v4/p-1a2b3c4d/wan22-ti2v',
    }),
  ),
  function: text(functionRule)
    .default('predict')
    .meta(ui('function', { group: 'main', control: 'text', placeholder: 'predict' })),
  /** `none` for apps deployed with `disable_auth = true`. */
  auth: z
    .enum(['key', 'none'])
    .default('key')
    .meta(ui('auth', { group: 'more', control: 'choice' })),
  /** Minutes without a word on a held call after which it is given up; Cerebrium's own limit is the app's grace period. */
  waitMinutes: z
    .int()
    .min(5)
    .max(720)
    .default(60)
    .meta(ui('waitMinutes', { group: 'more', control: 'number', unit: 'min' })),
})
export type WanSettings = z.output<typeof WanSettings>

/** Where the function is called. Throws a ZodError for settings that never passed validation. */
export function endpointOf(settings: Record<string, unknown>): string {
  const { address, function: name } = WanSettings.parse(settings)
  return `${baseOf(address)}/${name}`
}
