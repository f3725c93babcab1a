import type { JobRow, ProviderInfo } from '@shared/contract'

/** Whether a job needs attention and one of these providers can be asked what became of it. */
export function isAskable(
  { state, known, provider }: Pick<JobRow, 'state' | 'known' | 'provider'>,
  providers: readonly Pick<ProviderInfo, 'id' | 'finds'>[],
): boolean {
  if (state !== 'needs_attention') return false
  return known || providers.some(({ id, finds }) => id === provider && finds)
}
