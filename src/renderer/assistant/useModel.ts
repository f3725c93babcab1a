import type { AssistantModel } from '@shared/contract'
import { useEffect } from 'react'
import { readModels, useModelLists, type ModelList } from '../state/assistant/lists'
import { useSettings } from '../state/settings'

/** The model that answers through a connection: the one that did so last, else the usual one; null until known. */
export function useModel(connectionId: string | null): {
  model: AssistantModel | null
  list: ModelList | null
} {
  const list = useModelLists((lists) => (connectionId === null ? null : (lists[connectionId] ?? null)))
  const last = useSettings((state) => state.settings.assistantModel)
  useEffect(() => {
    if (connectionId !== null) void readModels(connectionId)
  }, [connectionId])
  const wanted = last?.connectionId === connectionId ? last?.model : undefined
  const model =
    list?.models.find(({ id, state }) => id === wanted && state !== 'retired') ??
    list?.models.find(({ id }) => id === list.usual) ??
    null
  return { model, list }
}
