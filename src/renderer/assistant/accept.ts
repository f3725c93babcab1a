import i18next from 'i18next'
import { create } from 'zustand'
import { useComposer } from '../state/composer'
import { dismissToast, toast } from '../ui'

interface Replaced {
  before: string
  after: string
}

/** Prompts that were replaced from here, the last one last. */
const useReplaced = create<{ replaced: readonly Replaced[] }>(() => ({ replaced: [] }))

const mostSteps = 50
const toastId = 'assistant-replaced'

/** Puts a text in the prompt's place; a message offers the way back, and so does {@link takeBack}. */
export function replacePrompt(after: string): void {
  const { prompt: before, setPrompt } = useComposer.getState()
  if (before === after) return
  useReplaced.setState(({ replaced }) => ({ replaced: [...replaced, { before, after }].slice(-mostSteps) }))
  setPrompt(after)
  toast({
    id: toastId,
    title: i18next.t('assistant.replaced'),
    tone: 'done',
    action: { label: i18next.t('ui.undo'), run: takeBack },
  })
}

/** The last replacement, as long as nothing was typed into the prompt since. */
function last(): Replaced | null {
  const { replaced } = useReplaced.getState()
  const step = replaced.at(-1)
  return step && step.after === useComposer.getState().prompt ? step : null
}

/** Whether {@link takeBack} would change something. */
export function canTakeBack(): boolean {
  return last() !== null
}

/** Brings back the prompt that was replaced last; a text typed since is never overwritten. */
export function takeBack(): void {
  const step = last()
  if (step === null) return
  useReplaced.setState(({ replaced }) => ({ replaced: replaced.slice(0, -1) }))
  useComposer.getState().setPrompt(step.before)
  dismissToast(toastId)
}
