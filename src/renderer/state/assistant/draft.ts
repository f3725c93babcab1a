import type { AssistantAction, Shot } from '@shared/contract'
import { assistantActions, promptLanguages } from '@shared/words'
import { create } from 'zustand'

export type PromptLanguage = (typeof promptLanguages)[number]

/** The sides of the panel. */
export const assistantTabs = ['write', 'check', 'shots', 'talks'] as const
export type AssistantTab = (typeof assistantTabs)[number]

/** A row of the table of shots; `key` stays with it wherever it is moved. */
export interface ShotRow extends Omit<Shot, 'number'> {
  key: string
}

/** How freely words are to be chosen; the figure stands as it was typed. */
export interface SamplingWish {
  kind: 'usual' | 'temperature' | 'topP'
  value: number | null
}

/** All that a person has typed or chosen in the assistant and that outlives a reload. */
export interface AssistantDraft {
  tab: AssistantTab
  action: AssistantAction
  /** What is said beside the action, or to the model in a talk. */
  words: string
  /** How many variations. */
  count: number
  /** The language to translate into; null is the one that the chosen models want. */
  language: PromptLanguage | null
  /** The model that the prompt is fitted to; null is the first that is chosen. */
  fitTo: string | null
  styleId: string | null
  /** By the id of a style, `none` for no style. */
  samplings: Readonly<Record<string, SamplingWish>>
  /** The talk that goes on with the next wish; null begins one. */
  conversationId: string | null
  brief: string
  /** The file or address the brief came from. */
  briefName: string | null
  /** An address `s3://bucket/key` as it is typed. */
  address: string
  /** About how many shots, and seconds of all together. */
  shotCount: number | null
  shotSeconds: number | null
  shots: ShotRow[]
}

interface AssistantState extends AssistantDraft {
  open: boolean
  /** A brief that was dropped and is to be read. */
  briefFile: File | null
  /** Counts up when the panel is asked to take the focus. */
  focusAsked: number
}

const fresh: AssistantDraft = {
  tab: 'write',
  action: 'improve',
  words: '',
  count: 4,
  language: null,
  fitTo: null,
  styleId: null,
  samplings: {},
  conversationId: null,
  brief: '',
  briefName: null,
  address: '',
  shotCount: null,
  shotSeconds: null,
  shots: [],
}

/** What stands in the assistant's panel. The panel itself comes later; what is typed is here from the start. */
export const useAssistant = create<AssistantState>(() => ({
  ...fresh,
  open: false,
  briefFile: null,
  focusAsked: 0,
}))

/** Opens the panel and gives it the focus. */
export function openAssistant(): void {
  useAssistant.setState(({ focusAsked }) => ({ open: true, focusAsked: focusAsked + 1 }))
}

/** Opens the panel at the list of shots, with a brief to be read. */
export function openBrief(briefFile: File): void {
  useAssistant.setState({ tab: 'shots', briefFile })
  openAssistant()
}

/** Hides the panel; all that stands in it stays. */
export function closeAssistant(): void {
  useAssistant.setState({ open: false })
}

const names = Object.keys(fresh) as (keyof AssistantDraft)[]

/** What of the assistant is kept across restarts, as plain data. */
export function writeAssistant(state: AssistantDraft): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, state[name]]))
}

/** Whether something that is kept differs. */
export function assistantChanged(state: AssistantDraft, before: AssistantDraft): boolean {
  return names.some((name) => state[name] !== before[name])
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const numberOrNull = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null
const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((own) => own === value)

function readShots(value: unknown): ShotRow[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((row: unknown, place) => {
    if (typeof row !== 'object' || row === null) return []
    const { key, prompt, seconds, ratio, notes } = row as Record<string, unknown>
    return [
      {
        key: typeof key === 'string' ? key : String(place),
        prompt: text(prompt),
        seconds: numberOrNull(seconds),
        ratio: textOrNull(ratio),
        notes: text(notes),
      },
    ]
  })
}

function readSamplings(value: unknown): AssistantDraft['samplings'] {
  if (typeof value !== 'object' || value === null) return {}
  const read = Object.entries(value).flatMap(([id, wish]: [string, unknown]) => {
    if (typeof wish !== 'object' || wish === null) return []
    const { kind, value: figure } = wish as Record<string, unknown>
    const known = oneOf(['temperature', 'topP'], kind)
    return known === undefined ? [] : [[id, { kind: known, value: numberOrNull(figure) }] as const]
  })
  return Object.fromEntries(read)
}

/** What was kept read back; what does not fit is as new. */
export function readAssistant(value: unknown): AssistantDraft {
  const kept = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  const count = numberOrNull(kept['count']) ?? fresh.count
  return {
    tab: oneOf(assistantTabs, kept['tab']) ?? fresh.tab,
    action: oneOf(assistantActions, kept['action']) ?? fresh.action,
    words: text(kept['words']),
    count: Math.min(10, Math.max(2, Math.round(count))),
    language: oneOf(promptLanguages, kept['language']) ?? null,
    fitTo: textOrNull(kept['fitTo']),
    styleId: textOrNull(kept['styleId']),
    samplings: readSamplings(kept['samplings']),
    conversationId: textOrNull(kept['conversationId']),
    brief: text(kept['brief']),
    briefName: textOrNull(kept['briefName']),
    address: text(kept['address']),
    shotCount: numberOrNull(kept['shotCount']),
    shotSeconds: numberOrNull(kept['shotSeconds']),
    shots: readShots(kept['shots']),
  }
}

/** Puts what was kept where nothing was typed meanwhile. */
export function restoreAssistant(value: unknown): void {
  if (!assistantChanged(useAssistant.getState(), fresh)) useAssistant.setState(readAssistant(value))
}
