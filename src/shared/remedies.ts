import type { TestStep } from './contract'
import en from './messages/en.json' with { type: 'json' }
import { fill, type ProblemValues } from './problems'

const byPolicy = [
  'aws.model.hidden.remedy',
  'aws.access.hidden.remedy',
  'aws.bucket.hidden.remedy',
  'aws.bucket.owner.remedy',
  'aws.write.denied.remedy',
  'aws.write.owner.remedy',
  'aws.write.kms.remedy',
  'aws.read.noList.remedy',
  'aws.read.denied.remedy',
  'aws.read.kms.remedy',
  'hosting.write.denied.remedy',
  'hosting.read.refused.remedy',
  'hosting.remove.denied.remedy',
  'claude.models.hidden.remedy',
  'claude.access.hidden.remedy',
  'claude.runtime.denied.remedy',
] as const satisfies (keyof typeof en.test)[]

/** What to do about a sentence of a test, `test.<key>.remedy`; null where nothing is to be done. */
export function remedyOf(key: string, values: ProblemValues = {}): TestStep['remedy'] {
  const catalogue: Record<string, string> = en.test
  const name = `${key}.remedy`
  const text = catalogue[name]
  if (text === undefined) return null
  const needs = byPolicy.some((known) => known === name) ? ({ needs: 'policy' } as const) : {}
  return { key: name, message: fill(text, values), ...needs }
}
