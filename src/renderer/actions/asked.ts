import type { JobRow, ModelInfo, ProviderInfo } from '@shared/contract'

/** Whether a job needs attention and one of these providers can be asked what became of it. */
export function isAskable(
  { state, known, provider }: Pick<JobRow, 'state' | 'known' | 'provider'>,
  providers: readonly Pick<ProviderInfo, 'id' | 'finds'>[],
): boolean {
  if (state !== 'needs_attention') return false
  return known || providers.some(({ id, finds }) => id === provider && finds)
}

/**
 * Whether a job that ended without its video may have been charged, or was charged for a video that can still be had: to
 * make it again is then no second try but a second payment.
 */
export function paysTwice(
  { state, charged, fetchable }: Pick<JobRow, 'state' | 'charged' | 'fetchable'>,
  model: Pick<ModelInfo, 'price'> | undefined,
): boolean {
  if (model?.price.unit === 'free') return false
  if (state === 'needs_attention') return charged !== 'no'
  return (state === 'failed' || state === 'cancelled') && (fetchable || charged === 'unknown')
}
