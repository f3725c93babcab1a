import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../api'
import { count as figure } from '../format'
import {
  complaintsOf,
  obstaclesOf,
  promptLength,
  promptLimit,
  promptMissing,
  useChosen,
  useComposer,
  type Complaint,
} from '../state/composer'
import { hostingsOf, needOf, useConnections } from '../state/connections'
import { useStudio } from '../state/studio'
import { useUnconnected } from './useAccounts'
import { useLinks } from './useLinks'
import type { Quotes } from './useQuotes'
import { obstacleText } from './words'

/** Why nothing can be asked for just now: something to mend, something to add, or something that passes. */
export interface Block {
  tone: 'wrong' | 'missing' | 'waiting'
  text: string
  /** The provider to be connected first. */
  connect?: string
  /** Images have to lie somewhere first: a hosting is to be set up, or this account is to name one. */
  hosting?: { account: string | null }
}

/** Everything wrong with what stands in the composer, and the first reason that keeps it from being sent. */
export function useGate(quotes: Quotes): { block: Block | null; complaints: Complaint[] } {
  const standing = useStanding(quotes)
  const { t } = useTranslation()
  const connection = useConnection()
  const unconnected = useUnconnected()
  const models = useChosen()
  const composition = useComposer()
  const { models: ids, inputs, refusal, uploads, ready } = composition
  const homeless = useLinks().find(({ hosting }) => hosting === null)
  const hostings = hostingsOf(useConnections((state) => state.connections))

  const block = (): Block | null => {
    if (connection !== 'open' || !ready) return { tone: 'waiting', text: t('composer.block.connection') }
    if (models.length === 0) return { tone: 'missing', text: t('composer.block.models') }
    if (unconnected) {
      const provider = unconnected.provider.label
      return { tone: 'missing', text: t('composer.block.connect', { provider }), connect: provider }
    }
    if (uploads.length > 0) return { tone: 'waiting', text: t('composer.block.uploads') }
    const [first] = standing
    if (first) return { tone: 'wrong', text: first.text }
    if (homeless) {
      const [only] = hostings
      return {
        tone: 'missing',
        text: t('composer.hosting.block'),
        hosting: { account: only ? homeless.account.id : null },
      }
    }
    if (!promptMissing(models, composition)) return null
    const withImage = inputs.length === 0 && models.every((model) => model.prompt.required !== 'always')
    return {
      tone: 'missing',
      text: t(withImage ? 'composer.block.prompt' : 'composer.block.promptOnly'),
    }
  }
  // What a press was refused with is said too, but does not lock: a full disk may have room by now.
  const refused = refusal ? complaintsOf(refusal, ids) : []
  const news = refused.filter((own) => !standing.some((other) => other.text === own.text))
  return { block: block(), complaints: [...standing, ...news] }
}

/** What would be refused as it stands: found here at once, or by the studio a moment later. */
function useStanding(quotes: Quotes): Complaint[] {
  const { t } = useTranslation()
  const models = useChosen()
  const inputs = useComposer((state) => state.inputs)
  const prompt = useComposer((state) => state.prompt)
  const providers = useStudio((state) => state.providers)
  const unconnected = useUnconnected()

  return useMemo(() => {
    const obstacles = models.flatMap((model) =>
      obstaclesOf(model, inputs).map((obstacle): Complaint => {
        const index = inputs.findIndex((input) => input.role === obstacle.role)
        const text = obstacleText(t, model.label, obstacle)
        return { model: model.id, place: { kind: 'input', index: index < 0 ? null : index }, text }
      }),
    )
    const limit = promptLimit(models)
    const length = promptLength(prompt)
    const long: Complaint[] =
      limit !== null && length > limit
        ? [
            {
              model: null,
              place: { kind: 'prompt' },
              text: t('composer.prompt.tooLong', { length: figure(length), limit: figure(limit) }),
            },
          ]
        : []
    const found = [...obstacles, ...long]
    const asked = models.flatMap(({ id, label }) => {
      const problem = quotes.problems[id]
      // That an account or a hosting is missing is said once, with the way to it.
      if (!problem || problem.key === 'hosting.none') return []
      if (unconnected && unconnected.key === needOf(providers, id)?.key) return []
      const own = complaintsOf(problem, [id])
      // Among several models a sentence about one says which.
      return models.length === 1
        ? own
        : own.map((complaint) =>
            complaint.place.kind === 'param'
              ? complaint
              : { ...complaint, text: t('composer.ofModel', { model: label, text: complaint.text }) },
          )
    })
    // The studio says the same of images and length in its own words; once is enough.
    return [...found, ...asked.filter(({ place }) => !found.some((own) => own.place.kind === place.kind))]
  }, [models, inputs, prompt, providers, unconnected, quotes.problems, t])
}
