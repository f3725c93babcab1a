import i18next from 'i18next'
import { create } from 'zustand'
import { useComposer } from '../state/composer'
import { useView } from '../state/view'
import { toast } from '../ui'
import { joined } from './joined'
import type { Target } from './targets'

/** What was pasted and waits for the person to say what it is for. */
export const usePasted = create<{ waiting: { files: File[]; targets: Target[] } | null }>(() => ({
  waiting: null,
}))

/** Whether a dialog is open, which is dealt with before anything else. */
export function isDialogOpen(): boolean {
  return document.querySelector('[data-dialog], [role="alertdialog"]') !== null
}

/** Whether words that are pasted here go into a field. */
export function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'range'].includes(target.type)) ||
    (target instanceof HTMLElement && target.isContentEditable)
  )
}

/** Puts pasted words at the end of the prompt and goes there; what stood there can be had back. */
export function pasteWords(words: string): void {
  const { prompt: before, setPrompt, focus } = useComposer.getState()
  const after = joined(before, words)
  useView.getState().setView('gallery')
  setPrompt(after)
  focus()
  if (before === '') return
  toast({
    id: 'pasted-words',
    title: i18next.t('drop.pasted.words'),
    action: {
      label: i18next.t('ui.undo'),
      run() {
        if (useComposer.getState().prompt === after) setPrompt(before)
      },
    },
  })
}
