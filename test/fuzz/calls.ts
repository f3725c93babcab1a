import type { Dice } from './dice'
import { hostileValue } from './hostile'
import type { Forms } from './house'
import { createMemory, type Memory } from './memory'
import type { Procedure } from './procedures'
import { tamed } from './tame'
import { mutated, valueFor, type Maker } from './values'

/** A call to make. */
export interface Call {
  procedure: Procedure
  input: unknown
}

export interface Caller {
  memory: Memory
  /** From now on things are as `forms` has them. */
  furnish(forms: Forms): void
  next(): Call
}

/** Makes calls of the given procedures, each as often as another: half as they should be, the rest not. */
export function createCaller(
  procedures: readonly Procedure[],
  dice: Dice,
  first: Forms,
  folder: string,
): Caller {
  const memory = createMemory()
  let forms = first
  let domain = ''
  const maker: Maker = {
    dice,
    recall: (name) => memory.recall(name, domain, dice),
    open(name) {
      if (name === 'params') return dice.pick(forms.jobs).params
      if (name === 'settings') return dice.pick(forms.accounts).settings
      return undefined
    },
    image: first.image,
  }
  const furnish = (next: Forms) => {
    forms = next
    for (const [of, answer] of next.known) memory.learn(answer, of)
  }
  furnish(first)
  let turn = 0
  return {
    memory,
    furnish,
    next() {
      const procedure = procedures[turn % procedures.length] as Procedure
      turn += 1
      domain = procedure.path[0] ?? ''
      const input = tamed(makeInput(procedure, maker, forms), folder)
      return { procedure, input }
    },
  }
}

function makeInput({ input, path: [domain] }: Procedure, maker: Maker, forms: Forms): unknown {
  const { dice } = maker
  if (input === null) return dice.chance(0.6) ? undefined : hostileValue(dice)
  if (dice.chance(0.12)) return hostileValue(dice)
  const value = valueFor(input, maker)
  const fitting = dice.chance(0.85) ? matched(value, domain ?? '', dice, forms) : value
  return dice.chance(0.45) ? mutated(fitting, dice) : fitting
}

/** Parameters are those of the model, settings those of the provider and so on, or hardly a job would ever be made. */
function matched(value: unknown, domain: string, dice: Dice, forms: Forms): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => matched(item, domain, dice, forms))
  if (typeof value !== 'object' || value === null || value instanceof Blob) return value
  const one = value as Record<string, unknown>
  if (domain === 'jobs' && 'model' in one && !Array.isArray(one['model'])) {
    const { inputs, ...rest } = one
    const approved =
      'approved' in one ? { approved: { micros: 1e12, currency: 'USD', overBudget: true } } : {}
    const wish = { ...rest, prompt: 'A lighthouse in a storm', ...dice.pick(forms.jobs), ...approved }
    return dice.chance(0.2) && inputs !== undefined ? { ...wish, inputs } : wish
  }
  if (domain === 'connections' && 'provider' in one) {
    const { provider, settings, secrets } = dice.pick(forms.accounts)
    return {
      ...one,
      provider,
      ...('label' in one || 'settings' in one ? { settings } : {}),
      ...('label' in one ? { secrets } : {}),
    }
  }
  if (domain === 'assistant' && 'connectionId' in one) return { ...one, connectionId: forms.writer }
  return Object.fromEntries(
    Object.entries(one).map(([key, inner]) => [key, matched(inner, domain, dice, forms)]),
  )
}
