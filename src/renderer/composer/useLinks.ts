import { useMemo } from 'react'
import type { Connection, ModelInfo } from '@shared/contract'
import { useChosen, useComposer, type ComposerInput } from '../state/composer'
import { connectionFor, hostingFor, needOf, useConnections } from '../state/connections'
import { useStudio } from '../state/studio'

/** Images that a chosen model takes as links only, and where they would lie. */
export interface Link {
  model: ModelInfo
  account: Connection
  images: ComposerInput[]
  /** Null where the account names none that can be used. */
  hosting: Connection | null
}

/** What of the images in the composer would go as links; images whose bytes are taken are not among them. */
export function useLinks(): Link[] {
  const models = useChosen()
  const inputs = useComposer((state) => state.inputs)
  const chosen = useComposer((state) => state.connections)
  const providers = useStudio((state) => state.providers)
  const connections = useConnections((state) => state.connections)
  return useMemo(
    () =>
      models.flatMap((model) => {
        const images = inputs.filter(({ role }) =>
          model.inputs.some((rule) => rule.role === role && rule.sent === 'address'),
        )
        const need = needOf(providers, model.id)
        const account = need && connectionFor(connections, need, chosen)
        if (images.length === 0 || account === null) return []
        return [{ model, account, images, hosting: hostingFor(connections, account) }]
      }),
    [models, inputs, chosen, providers, connections],
  )
}
