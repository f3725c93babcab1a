import { create } from 'zustand'
import { chosen, outside, useComposer, type ComposerInput } from '../state/composer'

/** The image that is being fitted to what the models take, if any. */
export const useFit = create<{ input: ComposerInput | null }>(() => ({ input: null }))

/** Opens the crop of an image that stands in the composer. */
export function askFit(input: ComposerInput): void {
  useFit.setState({ input })
}

/** Opens the crop when an image in the composer lies outside what a chosen model takes and a crop would help. */
export function askFitIfOutside(assetId: string): void {
  const { inputs, models } = useComposer.getState()
  const input = inputs.find((own) => own.asset.id === assetId)
  if (!input) return
  const off = chosen(models)
    .flatMap((model) => model.inputs)
    .some((rule) => rule.role === input.role && outside(rule, input.asset)?.fits)
  if (off) askFit(input)
}
