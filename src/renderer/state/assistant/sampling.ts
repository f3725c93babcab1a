import type { AssistantModel, Sampling } from '@shared/contract'
import type { AssistantDraft, SamplingWish } from './draft'

/** The ways to say how freely words are chosen. Models that take either figure refuse both together. */
export const samplingKinds = ['usual', 'temperature', 'topP'] as const
export type SamplingKind = SamplingWish['kind']

type Held = Pick<AssistantDraft, 'styleId' | 'samplings'>

const usual: SamplingWish = { kind: 'usual', value: null }
const keyOf = (styleId: string | null) => styleId ?? 'none'

/** What is chosen for the style that is chosen. */
export function samplingChosen({ styleId, samplings }: Held): SamplingWish {
  return samplings[keyOf(styleId)] ?? usual
}

/** All choices with the one for the present style changed. */
export function withSampling({ styleId, samplings }: Held, wish: SamplingWish): AssistantDraft['samplings'] {
  const { [keyOf(styleId)]: _before, ...others } = samplings
  return wish.kind === 'usual' ? others : { ...others, [keyOf(styleId)]: wish }
}

/** Whether a figure can be sent. */
export function isInRange(value: number | null): value is number {
  return value !== null && value >= 0 && value <= 1
}

/** What is sent to this model; undefined where it chooses by itself, null where the figure is none that can be sent. */
export function samplingFor(
  held: Held,
  model: Pick<AssistantModel, 'sampling'>,
): Sampling | undefined | null {
  const { kind, value } = samplingChosen(held)
  if (!model.sampling || kind === 'usual') return undefined
  return isInRange(value) ? { [kind]: value } : null
}

/** A choice as it is kept, of what was sent. */
export function wishOfSampling(sampling: Sampling | null): SamplingWish {
  if (sampling?.temperature !== undefined) return { kind: 'temperature', value: sampling.temperature }
  return sampling?.topP === undefined ? usual : { kind: 'topP', value: sampling.topP }
}
