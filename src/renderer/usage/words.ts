import { writerName } from '@shared/assistant'
import type { Money } from '@shared/contract'
import { sum } from '../format'
import { nameOf, useStudio } from '../state/studio'

/** Names of providers, following the studio. */
export function useNames(): { model: (id: string) => string; provider: (id: string) => string } {
  const models = useStudio((state) => state.models)
  const providers = useStudio((state) => state.providers)
  return {
    model: (id) => models[id]?.label ?? writerName(id) ?? nameOf(id),
    provider: (id) => providers.find((one) => one.id === id)?.label ?? id,
  }
}

/** Amounts of several currencies side by side, never added up: `$12.50 + 60 credits`. */
export function sums(amounts: readonly Money[], nothing: Money): string {
  return amounts.length === 0 ? sum(nothing) : amounts.map(sum).join(' + ')
}
