import type { ModelInfo } from '@shared/contract'
import i18next from 'i18next'
import { useComposer } from '../../state/composer'
import { useView } from '../../state/view'
import { toast } from '../../ui'
import type { Command, CommandGroup } from '../commands'
import { score } from './fuzzy'

/** One line of the palette. */
export interface Entry {
  id: string
  title: string
  hint?: string
  shortcut?: string
  run: () => void
}

export interface EntryGroup {
  id: string
  label: string
  items: Entry[]
}

const order: readonly CommandGroup[] = ['make', 'video', 'gallery', 'go', 'app']
const MOST_PROMPTS = 6

function toComposer(change: () => void): void {
  useView.getState().setView('gallery')
  change()
  useComposer.getState().focus()
}

function takePrompt(prompt: string): void {
  const before = useComposer.getState().prompt
  toComposer(() => useComposer.getState().setPrompt(prompt))
  if (before.trim() === '' || before === prompt) return
  toast({
    title: i18next.t('palette.replaced'),
    action: { label: i18next.t('ui.undo'), run: () => useComposer.getState().setPrompt(before) },
  })
}

function commandGroups(commands: readonly Command[]): EntryGroup[] {
  // Of several with one id the newest counts, as for the keyboard.
  const known = new Map(commands.map((command) => [command.id, command]))
  const usable = [...known.values()].filter((command) => !command.hidden && command.enabled?.() !== false)
  return order.map((group) => ({
    id: group,
    label: i18next.t(`palette.group.${group}`),
    items: usable
      .filter((command) => command.group === group)
      .map(({ id, title, shortcut, run }) => ({
        id,
        title,
        run,
        ...(shortcut === undefined ? {} : { shortcut }),
      })),
  }))
}

function modelGroup(models: Record<string, ModelInfo>): EntryGroup {
  return {
    id: 'models',
    label: i18next.t('palette.group.models'),
    items: Object.values(models).map((model) => ({
      id: `model:${model.id}`,
      title: i18next.t('palette.model', { model: model.label }),
      hint: model.summary,
      run: () => toComposer(() => useComposer.getState().addModel(model.id)),
    })),
  }
}

function promptGroup(prompts: readonly string[]): EntryGroup {
  return {
    id: 'prompts',
    label: i18next.t('palette.group.prompts'),
    items: prompts.map((prompt) => ({
      id: `prompt:${prompt}`,
      title: prompt.replace(/\s+/g, ' ').slice(0, 200),
      run: () => takePrompt(prompt),
    })),
  }
}

export interface PaletteSources {
  commands: readonly Command[]
  models: Record<string, ModelInfo>
  prompts: readonly string[]
}

/** All that the palette offers. */
export function entriesOf({ commands, models, prompts }: PaletteSources): EntryGroup[] {
  return [...commandGroups(commands), modelGroup(models), promptGroup(prompts)]
}

/** What answers to the query, the best group and entry first; without a query everything, few prompts. */
export function matching(groups: readonly EntryGroup[], query: string): EntryGroup[] {
  if (query.trim() === '') {
    return groups
      .map((group) =>
        group.id === 'prompts' ? { ...group, items: group.items.slice(0, MOST_PROMPTS) } : group,
      )
      .filter((group) => group.items.length > 0)
  }
  return groups
    .map((group) => {
      const hits = group.items
        .flatMap((item) => {
          const value = score(item.title, query)
          return value === null ? [] : [{ item, value }]
        })
        .sort((a, b) => b.value - a.value)
        .slice(0, group.id === 'prompts' ? MOST_PROMPTS : undefined)
      return { group: { ...group, items: hits.map((hit) => hit.item) }, best: hits[0]?.value ?? -Infinity }
    })
    .filter(({ group }) => group.items.length > 0)
    .sort((a, b) => b.best - a.best)
    .map(({ group }) => group)
}
