import type { Ask, AssistantAction } from '@shared/contract'
import { languageFor } from '@shared/manners'
import type { AssistantDraft, PromptLanguage } from '../state/assistant'
import type { Composition } from '../state/composer'
import { languageOf } from './checklist'

/** Actions in the order of the panel. */
export const actionsInOrder: readonly AssistantAction[] = [
  'improve',
  'expand',
  'shorten',
  'translate',
  'variations',
  'critique',
  'describe',
  'fit',
  'chat',
]

type Wanted = Pick<
  AssistantDraft,
  'action' | 'words' | 'count' | 'language' | 'fitTo' | 'styleId' | 'conversationId'
>
type Standing = Pick<Composition, 'prompt' | 'models' | 'inputs'>

/** What an action still needs; `assistant.lacks.<lack>` of the catalogue. */
export type Lack = 'prompt' | 'words' | 'image' | 'target'

/** The image that an action looks at: the first frame, as it stands in the composer. */
export function firstFrame(inputs: Composition['inputs']) {
  return inputs.find(({ role }) => role === 'first')?.asset ?? null
}

/** The model that the prompt is fitted to: the one that was chosen while it still is one of the composer's. */
export function fitTarget({ fitTo }: Pick<Wanted, 'fitTo'>, models: readonly string[]): string | null {
  return models.find((id) => id === fitTo) ?? models[0] ?? null
}

/** The language to translate into: the chosen one, else what the models want, else the other of the two most used. */
export function translateInto(
  { language }: Pick<Wanted, 'language'>,
  { prompt, models }: Pick<Standing, 'prompt' | 'models'>,
): PromptLanguage {
  return language ?? languageFor(models) ?? (languageOf(prompt) === 'en' ? 'zh' : 'en')
}

/** What is missing before an action can be asked for; null where nothing is. */
export function lackOf({ action, words }: Wanted, { prompt, models, inputs }: Standing): Lack | null {
  const written = prompt.trim() !== ''
  const said = words.trim() !== ''
  switch (action) {
    case 'chat':
      return said ? null : 'words'
    case 'describe':
      return firstFrame(inputs) ? null : 'image'
    case 'expand':
      return written || said ? null : 'prompt'
    case 'fit':
      return models.length === 0 ? 'target' : written ? null : 'prompt'
    case 'improve':
    case 'shorten':
    case 'translate':
    case 'variations':
    case 'critique':
      return written ? null : 'prompt'
  }
}

/** A wish as it is sent, without who answers it: only what the action takes. */
export function wishOf(wanted: Wanted, standing: Standing): Omit<Ask, 'connectionId' | 'model'> {
  const { action, words, count, styleId, conversationId } = wanted
  const { prompt, models, inputs } = standing
  const target = fitTarget(wanted, models)
  const image = action === 'describe' ? firstFrame(inputs) : null
  return {
    action,
    prompt,
    words,
    targets: action === 'fit' ? (target === null ? [] : [target]) : models,
    ...(action === 'translate' ? { language: translateInto(wanted, standing) } : {}),
    ...(action === 'variations' ? { count } : {}),
    ...(image ? { imageId: image.id } : {}),
    ...(styleId === null ? {} : { styleId }),
    ...(conversationId === null ? {} : { conversationId }),
  }
}
