import en from '@shared/messages/en.json' with { type: 'json' }
import type { TestStep } from '@shared/contract'
import { fill, type ProblemValues } from '@shared/problems'
import { remedyOf } from '@shared/remedies'

type NameOf<Group extends string, Key> = Key extends `${Group}.${infer Name}`
  ? Name extends `${string}.remedy`
    ? never
    : Name
  : never

/** Names of a group's sentences in the catalogue, `test.<group>.<name>`. */
export type StepName<Group extends string> = NameOf<Group, keyof typeof en.test>

/** Makes one answered step of a connection's test, with the remedy that stands beside its sentence. */
export type MakeStep<Group extends string> = (
  id: string,
  state: TestStep['state'],
  name: StepName<Group>,
  values?: ProblemValues,
  raw?: string | null,
) => TestStep

/** The steps of a test whose sentences are `test.<group>.…`. */
export function stepsOf<Group extends string>(group: Group): MakeStep<Group> {
  const catalogue: Record<string, string> = en.test
  return (id, state, name, values = {}, raw = null) => {
    const key = `${group}.${name}`
    return {
      id,
      state,
      key,
      message: fill(catalogue[key] ?? key, values),
      remedy: remedyOf(key, values),
      values,
      raw,
    }
  }
}
