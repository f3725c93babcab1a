import { create } from 'zustand'
import { useComposer } from '../state/composer'

interface Replaced {
  before: string
  after: string
}

/** Prompts that were replaced from here, the last one last; and whether it is still told that there is a way back. */
export const useReplaced = create<{ replaced: readonly Replaced[]; told: boolean }>(() => ({
  replaced: [],
  told: false,
}))

const mostSteps = 50

/** Puts a text in the prompt's place; {@link takeBack} is the way back, and the panel offers it. */
export function replacePrompt(after: string): void {
  const { prompt: before, setPrompt } = useComposer.getState()
  if (before === after) return
  useReplaced.setState(({ replaced }) => ({
    replaced: [...replaced, { before, after }].slice(-mostSteps),
    told: true,
  }))
  setPrompt(after)
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
  useReplaced.setState(({ replaced }) => ({ replaced: replaced.slice(0, -1), told: false }))
  useComposer.getState().setPrompt(step.before)
}

/** No longer tells of the way back; it stays open. */
export function stopTelling(): void {
  useReplaced.setState({ told: false })
}
