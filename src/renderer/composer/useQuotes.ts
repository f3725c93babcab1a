import type { JobPreview } from '@shared/contract'
import { useEffect, useMemo, useState } from 'react'
import { api, problemOf, useConnection, type Problem } from '../api'
import {
  chosen,
  obstaclesOf,
  promptMissing,
  requestsOf,
  useComposer,
  type Composition,
} from '../state/composer'
import { connectionIdFor, useConnections } from '../state/connections'

/** What the studio says of the composer as it stands: prices and times, or what is wrong, by model. */
export interface Quotes {
  previews: Record<string, JobPreview>
  problems: Record<string, Problem>
  /** They belong to what stands in the composer now. */
  fresh: boolean
}

/** Milliseconds without a change before the studio is asked. */
const calm = 180

/**
 * What to ask the price of. It hangs on the parameters alone: words that are missing have a stand-in, and an image
 * that a model does not take as it is, which is said elsewhere, is left out.
 */
function priced(composition: Composition): Composition {
  const models = chosen(composition.models)
  const takes = models.every((model) => obstaclesOf(model, composition.inputs).length === 0)
  const asked = takes ? composition : { ...composition, inputs: [] }
  return promptMissing(models, asked) ? { ...asked, prompt: '…' } : asked
}

/** Asks for estimates while the composer changes; an answer that comes too late is dropped. */
export function useQuotes(): Quotes {
  const { prompt, models, params, inputs, count, connections, ready } = useComposer()
  const accounts = useConnections((state) => state.connections)
  const connection = useConnection()
  const composition = useMemo(
    () => ({ prompt, models, params, inputs, count, connections }),
    [prompt, models, params, inputs, count, connections],
  )
  const [answer, setAnswer] = useState<Omit<Quotes, 'fresh'> & { of: unknown }>({
    previews: {},
    problems: {},
    of: null,
  })

  useEffect(() => {
    if (!ready || connection !== 'open') return undefined
    const controller = new AbortController()
    const ask = async () => {
      const requests = requestsOf(priced(composition), (model, chosen) =>
        connectionIdFor(model, chosen, accounts),
      )
      const previews: Record<string, JobPreview> = {}
      const problems: Record<string, Problem> = {}
      await Promise.all(
        requests.map(async (request) => {
          try {
            previews[request.model] = await api.jobs.preview(request, { signal: controller.signal })
          } catch (error) {
            problems[request.model] = problemOf(error)
          }
        }),
      )
      if (controller.signal.aborted) return
      setAnswer((before) => ({
        // A model whose values are refused for the moment keeps its last estimate in sight.
        previews: Object.fromEntries(
          composition.models.flatMap((id) => {
            const preview = previews[id] ?? before.previews[id]
            return preview ? [[id, preview]] : []
          }),
        ),
        problems,
        of: composition,
      }))
    }
    const timer = window.setTimeout(() => void ask(), calm)
    return () => {
      window.clearTimeout(timer)
      controller.abort()
    }
  }, [composition, accounts, ready, connection])

  return { previews: answer.previews, problems: answer.problems, fresh: answer.of === composition }
}
