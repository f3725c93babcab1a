import { create } from 'zustand'
import { api, problemOf, type Problem } from '../api'
import type { Row } from '../batch/plan'
import { approve } from '../money'
import { useAssistant } from '../state/assistant'
import { useComposer } from '../state/composer'

interface Generating {
  sending: boolean
  refusal: Problem | null
  /** How many the last press made; gone with the next change of the table. */
  made: number | null
}

export const useGenerating = create<Generating>(() => ({ sending: false, refusal: null, made: null }))

useAssistant.subscribe((state, before) => {
  if (state.shots !== before.shots) useGenerating.setState({ refusal: null, made: null })
})

/** Asks for all of it as one batch, taken whole or not at all; the table stays as it is. */
export async function generateShots(rows: readonly Row[]): Promise<void> {
  if (useGenerating.getState().sending) return
  useGenerating.setState({ sending: true, refusal: null, made: null })
  try {
    const requests = rows.map(({ request }) => request)
    const models = [...new Set(rows.flatMap(({ model }) => (model ? [model.label] : [])))]
    const made = await approve((approved) => api.jobs.createMany({ requests, ...approved }), {
      verb: 'generate',
      models,
    })
    if (made === null) return
    useComposer.getState().tellSent(made.jobs)
    useGenerating.setState({ made: made.jobs.length })
  } catch (error) {
    useGenerating.setState({ refusal: problemOf(error) })
  } finally {
    useGenerating.setState({ sending: false })
  }
}
