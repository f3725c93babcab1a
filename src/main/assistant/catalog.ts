import type { TokenPrice } from '@shared/contract'

/** What is known of a model that no API of Bedrock tells. */
export interface Known {
  /** Name without its scope: "Claude Haiku 4.5". */
  label: string
  /** Price through a global profile; regional ones cost a tenth more. */
  price: TokenPrice | null
  contextTokens: number
  maxOutputTokens: number
  /** Takes temperature or topP. From Opus 4.7 and Sonnet 5 on, models refuse both. */
  sampling: boolean
  images: boolean
  /** Thinks before it answers, which cannot be switched off and counts as output. */
  thinks: boolean
  /** Scopes of its profiles, for accounts that may not list them; `base` without one. */
  scopes: string[]
}

const read = { currency: 'USD', date: '2026-10-10', source: 'https://aws.amazon.com/bedrock/pricing/' }

/** Dollars of a million tokens as micro-units. */
const usd = (input: number, output: number): TokenPrice => ({
  input: input * 1_000_000,
  output: output * 1_000_000,
  ...read,
})

const large = { contextTokens: 1_000_000, maxOutputTokens: 128_000, images: true }
const small = { contextTokens: 200_000, maxOutputTokens: 64_000, images: true }

/**
 * Foundation models of Anthropic by their id, in the order in which one of them is chosen when nobody has (model cards
 * and price list of Amazon Bedrock as of October 2026). A list to begin with: what an account really has is asked.
 */
export const known: ReadonlyMap<string, Known> = new Map(
  Object.entries({
    'anthropic.claude-haiku-5-5': {
      label: 'Claude Haiku 5.5',
      price: { ...usd(0.1, 0.5), long: { tokens: 100_000, input: 500_000, output: 2_500_000 } },
      ...large,
      // Whether it takes them is not documented.
      sampling: false,
      thinks: false,
      scopes: ['global', 'us', 'eu', 'au', 'jp'],
    },
    'anthropic.claude-haiku-4-5-20251001-v1:0': {
      label: 'Claude Haiku 4.5',
      price: usd(1, 5),
      ...small,
      sampling: true,
      thinks: false,
      scopes: ['global', 'us', 'eu', 'au'],
    },
    'anthropic.claude-sonnet-5-5': {
      label: 'Claude Sonnet 5.5',
      price: usd(2, 10),
      ...large,
      sampling: false,
      thinks: true,
      scopes: ['global'],
    },
    'anthropic.claude-sonnet-5': {
      label: 'Claude Sonnet 5',
      // Sources differ between 2/10 and 3/15: the dearer one, so that nobody is surprised.
      price: usd(3, 15),
      ...large,
      sampling: false,
      thinks: false,
      scopes: ['global', 'us', 'eu', 'au', 'jp', 'base'],
    },
    'anthropic.claude-sonnet-4-6': {
      label: 'Claude Sonnet 4.6',
      price: usd(3, 15),
      ...large,
      maxOutputTokens: 64_000,
      sampling: true,
      thinks: false,
      scopes: ['global', 'us', 'eu', 'au', 'jp'],
    },
    'anthropic.claude-sonnet-4-5-20250929-v1:0': {
      label: 'Claude Sonnet 4.5',
      price: usd(3, 15),
      ...small,
      sampling: true,
      thinks: false,
      scopes: ['global', 'us', 'eu', 'au', 'jp'],
    },
    'anthropic.claude-opus-5-5': {
      label: 'Claude Opus 5.5',
      price: usd(4, 20),
      ...large,
      sampling: false,
      thinks: true,
      scopes: ['global', 'us', 'eu', 'au', 'jp'],
    },
    'anthropic.claude-opus-5': {
      label: 'Claude Opus 5',
      price: usd(5, 25),
      ...large,
      sampling: false,
      thinks: false,
      scopes: ['global', 'us', 'eu', 'base'],
    },
    'anthropic.claude-opus-4-8': {
      label: 'Claude Opus 4.8',
      price: usd(5, 25),
      ...large,
      sampling: false,
      thinks: false,
      scopes: ['global', 'us', 'eu', 'jp'],
    },
    'anthropic.claude-opus-4-7': {
      label: 'Claude Opus 4.7',
      price: usd(5, 25),
      ...large,
      sampling: false,
      thinks: false,
      scopes: ['global', 'us', 'eu', 'jp'],
    },
    'anthropic.claude-opus-4-6-v1': {
      label: 'Claude Opus 4.6',
      price: usd(5, 25),
      ...large,
      sampling: true,
      thinks: false,
      scopes: ['global', 'us', 'eu'],
    },
    'anthropic.claude-opus-4-5-20251101-v1:0': {
      label: 'Claude Opus 4.5',
      price: usd(5, 25),
      ...small,
      sampling: true,
      thinks: false,
      scopes: ['global', 'us', 'eu'],
    },
    'anthropic.claude-opus-4-1-20250805-v1:0': {
      label: 'Claude Opus 4.1',
      price: usd(15, 75),
      ...small,
      maxOutputTokens: 32_000,
      sampling: true,
      thinks: false,
      scopes: ['us'],
    },
  } satisfies Record<string, Known>),
)

/** A model that we know nothing of: what any Claude can do, and no price. */
const stranger: Omit<Known, 'label'> = {
  price: null,
  contextTokens: 200_000,
  maxOutputTokens: 32_000,
  sampling: false,
  images: true,
  thinks: true,
  scopes: [],
}

/** Ids of inference profiles have the scope in front: `global.anthropic.claude-…`; as an ARN, at its end. */
const profiled = /(?:^|\/)(global|us-gov|us|eu|jp|au|apac|ca|sa|me|af|il)\.(anthropic\..+)$/

/** Which foundation model an id stands for, and through which scope it is reached; `base` where through none. */
export function partsOf(id: string): { foundation: string; scope: string } {
  const [, scope, foundation] = profiled.exec(id) ?? []
  if (scope !== undefined && foundation !== undefined) return { foundation, scope }
  return { foundation: id.replace(/^.*foundation-model\//, ''), scope: 'base' }
}

/** What is known of a foundation model; `label` is its name where we have none. */
export function factsOf(foundation: string, label = foundation): Known {
  return known.get(foundation) ?? { ...stranger, label }
}

/** The price by scope: any but the global one costs a tenth more (Amazon Bedrock pricing, since Claude 4.5). */
export function priceIn(price: TokenPrice | null, scope: string): TokenPrice | null {
  if (price === null || scope === 'global') return price
  const more = (micros: number) => Math.round(micros * 1.1)
  const { long } = price
  return {
    ...price,
    input: more(price.input),
    output: more(price.output),
    ...(long ? { long: { ...long, input: more(long.input), output: more(long.output) } } : {}),
  }
}
