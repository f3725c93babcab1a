import { create } from 'zustand'

export interface Question {
  title: string
  body?: string
  /** The verb on the button that goes on. */
  action: string
  danger?: boolean
  /** What is decided about, line by line: a name and what it is. */
  facts?: readonly { name: string; value: string }[]
  /** The focus begins on the button that goes on, for what a person is likely to want. */
  ready?: boolean
  /** The words on the button that leaves everything as it is; “Cancel” where none are given. */
  stay?: string
  /** One more choice, with what it starts as. */
  check?: { label: string; value: boolean }
  /** Words of a second box, never ticked at first, that makes the choice the rule. */
  remember?: string
}

export interface Decision {
  ok: boolean
  checked: boolean
  remember: boolean
}

/** What a person decides who closes the question. */
export const refusal: Decision = { ok: false, checked: false, remember: false }

/** A question on screen. */
export interface Asked {
  number: number
  question: Question
  settle: (decision: Decision) => void
}

/** What is being asked; the last question stays while its dialog fades. */
export const useAsked = create<{ asked: Asked | null; open: boolean }>(() => ({ asked: null, open: false }))

let asked = 0

/** Asks the person before something that is hard to take back; resolves with what they chose. */
export function confirm(question: Question): Promise<Decision> {
  useAsked.getState().asked?.settle(refusal)
  return new Promise((settle) => {
    asked += 1
    useAsked.setState({ asked: { number: asked, question, settle }, open: true })
  })
}
