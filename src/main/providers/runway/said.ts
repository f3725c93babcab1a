import en from '@shared/messages/en.json' with { type: 'json' }
import type { TestStep } from '@shared/contract'
import { fill, type ProblemValues } from '@shared/problems'
import type { AskedStep } from '../types'

type Named<Key> = Key extends `runway.${infer Name}`
  ? Name extends `${string}.remedy`
    ? never
    : Name
  : never
export type TestName = Named<keyof typeof en.test>

/** One answered step of a test, in the sentences `test.runway.<name>` and the remedy that stands beside them. */
export function step(
  id: string,
  state: TestStep['state'],
  name: TestName,
  values: ProblemValues = {},
  raw: string | null = null,
): AskedStep {
  const catalogue: Record<string, string> = en.test
  const remedy = catalogue[`runway.${name}.remedy`]
  return {
    id,
    state,
    key: `runway.${name}`,
    message: fill(en.test[`runway.${name}`], values),
    remedy: remedy === undefined ? null : { key: `runway.${name}.remedy`, message: fill(remedy, values) },
    values,
    raw,
  }
}
