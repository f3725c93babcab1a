import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'
import { menuLabel } from './markup'
import { menuWords, type MenuLanguage } from './menu'

/** What a menu on text needs to know of the place that was clicked. */
export type TextPlace = Pick<
  ContextMenuParams,
  'isEditable' | 'selectionText' | 'misspelledWord' | 'dictionarySuggestions' | 'editFlags'
>

export interface ContextMenuActions {
  replace: (word: string) => void
  learn: (word: string) => void
}

/**
 * The system's menu on a text field or on selected text; empty where the page has nothing to offer. A place that has a
 * menu of the page's own never comes here.
 */
export function contextTemplate(
  place: TextPlace,
  language: MenuLanguage,
  { replace, learn }: ContextMenuActions,
): MenuItemConstructorOptions[] {
  const text = menuWords(language)
  const { editFlags, misspelledWord } = place
  if (!place.isEditable) {
    return place.selectionText.trim() === '' ? [] : [{ role: 'copy', label: text.copy }]
  }
  const spelling: MenuItemConstructorOptions[] =
    misspelledWord === ''
      ? []
      : [
          ...place.dictionarySuggestions.map((word) => ({
            label: menuLabel(word),
            click: () => replace(word),
          })),
          ...(place.dictionarySuggestions.length === 0
            ? [{ label: text.noSuggestions, enabled: false }]
            : []),
          { type: 'separator' as const },
          { label: text.learn, click: () => learn(misspelledWord) },
          { type: 'separator' as const },
        ]
  return [
    ...spelling,
    { role: 'undo', label: text.undo, enabled: editFlags.canUndo },
    { role: 'redo', label: text.redo, enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', label: text.cut, enabled: editFlags.canCut },
    { role: 'copy', label: text.copy, enabled: editFlags.canCopy },
    { role: 'paste', label: text.paste, enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: text.selectAll, enabled: editFlags.canSelectAll },
  ]
}
