import type { AssistantModel, JobError, Style } from '@shared/contract'
import { create } from 'zustand'
import { api, problemOf, type Problem } from '../../api'

/** The models of one account, as far as they are known. */
export interface ModelList {
  models: AssistantModel[]
  usual: string | null
  at: number | null
  /** Why the account could not be asked; the list is the one that is known. */
  error: JobError | null
  /** Why there is no list at all. */
  problem: Problem | null
  asking: boolean
}

const nothing: ModelList = { models: [], usual: null, at: null, error: null, problem: null, asking: true }

/** Models by connection. */
export const useModelLists = create<Record<string, ModelList | undefined>>(() => ({}))

/** Asks for the models of an account, once, or anew. */
export async function readModels(connectionId: string, refresh = false): Promise<void> {
  const known = useModelLists.getState()[connectionId]
  if (known && !refresh && (known.asking || known.problem === null)) return
  useModelLists.setState({ [connectionId]: { ...(known ?? nothing), asking: true, problem: null } })
  try {
    const list = await api.assistant.models({ connectionId, refresh })
    useModelLists.setState({ [connectionId]: { ...list, problem: null, asking: false } })
  } catch (error) {
    const problem = problemOf(error)
    useModelLists.setState({ [connectionId]: { ...(known ?? nothing), asking: false, problem } })
  }
}

/** The styles there are; null until they were read. */
export const useStyles = create<{ styles: Style[] | null }>(() => ({ styles: null }))

/** Reads the styles. Throws what went wrong. */
export async function readStyles(): Promise<void> {
  const { styles } = await api.assistant.styles.list()
  useStyles.setState({ styles })
}
