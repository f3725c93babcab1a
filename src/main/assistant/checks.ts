import type { Approval, AssistantModel, Money, ParsedAsk, Settings } from '@shared/contract'
import { issue, StudioError, type Issue } from '@shared/problems'

/** Whether anything may be sent at all. Throws `forbidden`. */
export function checkAllowed({ assistant, assistantConsent }: Settings): void {
  if (!assistant) throw new StudioError('forbidden', 'assistant.off')
  if (!assistantConsent) throw new StudioError('forbidden', 'assistant.consent')
}

/** What an action cannot do without, and what the model does not take. Throws `invalid_request`. */
export function checkAsk(
  ask: Pick<
    ParsedAsk,
    'action' | 'prompt' | 'words' | 'language' | 'imageId' | 'targets' | 'sampling' | 'goOnFrom'
  >,
  model: AssistantModel,
): void {
  // What is gone on with was whole when it was asked.
  const missing = ask.goOnFrom === undefined ? missingIn(ask) : []
  const { sampling } = ask
  if (sampling && Object.keys(sampling).length > 0 && !model.sampling)
    missing.push(issue(['sampling'], 'assistant.noSampling', { model: model.label }))
  if (ask.imageId !== undefined && !model.images)
    missing.push(issue(['imageId'], 'assistant.noImages', { model: model.label }))
  if (missing.length > 0) throw new StudioError('invalid_request', 'request.invalid', { issues: missing })
}

function missingIn(
  ask: Pick<ParsedAsk, 'action' | 'prompt' | 'words' | 'language' | 'imageId' | 'targets'>,
): Issue[] {
  const prompt = ask.prompt.trim() !== ''
  const words = ask.words.trim() !== ''
  switch (ask.action) {
    case 'chat':
      return words ? [] : [issue(['words'], 'assistant.wordsNeeded')]
    case 'describe':
      return ask.imageId === undefined ? [issue(['imageId'], 'assistant.imageNeeded')] : []
    case 'expand':
      return prompt || words ? [] : [issue(['prompt'], 'assistant.promptNeeded')]
    case 'improve':
    case 'shorten':
    case 'variations':
    case 'critique':
      return prompt ? [] : [issue(['prompt'], 'assistant.promptNeeded')]
    case 'translate':
      return [
        ...(prompt ? [] : [issue(['prompt'], 'assistant.promptNeeded')]),
        ...(ask.language === undefined ? [issue(['language'], 'assistant.languageNeeded')] : []),
      ]
    case 'fit':
      return [
        ...(prompt ? [] : [issue(['prompt'], 'assistant.promptNeeded')]),
        ...(ask.targets.length === 0 ? [issue(['targets'], 'assistant.targetNeeded')] : []),
      ]
  }
}

/** Whether all of it has room in the model. Throws `invalid_request`. */
export function checkRoom(
  tokensIn: number,
  maxTokens: number,
  { label, contextTokens }: AssistantModel,
): void {
  if (tokensIn + maxTokens <= contextTokens) return
  throw new StudioError('invalid_request', 'assistant.tooLong', {
    values: { tokens: tokensIn, limit: contextTokens, model: label },
  })
}

/** Throws `conflict` where one request may cost more than the person lets it without a yes. Amounts in micro-units. */
export function checkCeiling(
  estimate: Money | null,
  approved: Approval | undefined,
  ceiling: Money | null,
  model: string,
): void {
  if (ceiling === null) return
  const above = plain(ceiling)
  if (estimate === null || estimate.currency !== ceiling.currency) {
    if (approved) return
    const values = { model, above, limit: ceiling.micros, currency: ceiling.currency }
    throw new StudioError('conflict', 'assistant.ceilingUnknown', { values })
  }
  if (estimate.micros <= ceiling.micros) return
  if (approved?.currency === estimate.currency && approved.micros >= estimate.micros) return
  const { micros, currency } = estimate
  const values = { micros, currency, limit: ceiling.micros, sum: plain(estimate), above }
  throw new StudioError('conflict', 'assistant.ceiling', { values })
}

/** An amount for sentences of the local API; the page formats `micros` in its own language. */
function plain({ micros, currency }: Money): string {
  const [whole = '0', part = ''] = (micros / 1_000_000).toFixed(6).split('.')
  return `${whole}.${part.replace(/0+$/, '').padEnd(2, '0')} ${currency}`
}
