import type Electron from 'electron'
import { record } from '../record'
import { strict } from '../strict'

/** What the person will answer, in order. Without an answer a dialog is closed as with Escape. */
const answers: DialogAnswer[] = []

export interface DialogAnswer {
  /** The files or folders picked, or the one file to save to. */
  paths?: string[]
  /** Index of the button pressed. */
  button?: number
  checked?: boolean
}

/** A test says what the person will answer to the next dialog. */
export function answerNext(answer: DialogAnswer): void {
  answers.push(answer)
}

type Parent = { id: number }

function ask(
  kind: 'open' | 'save' | 'message',
  args: unknown[],
): { options: Record<string, unknown>; answer: DialogAnswer | null } {
  const options = (args.length > 1 ? args[1] : args[0]) as Record<string, unknown>
  const parent = args.length > 1 ? (args[0] as Parent).id : null
  record.dialogs.push({ kind, options: { ...options, icon: undefined, signal: undefined }, parent })
  return { options, answer: answers.shift() ?? null }
}

function button(options: Record<string, unknown>, answer: DialogAnswer | null): number {
  return answer?.button ?? Number(options['cancelId'] ?? 0)
}

export const dialog = strict('dialog', {
  showErrorBox(title: string, content: string) {
    record.errorBoxes.push({ title, content })
  },
  async showOpenDialog(...args: unknown[]) {
    const { answer } = ask('open', args)
    return { canceled: answer === null, filePaths: answer?.paths ?? [] }
  },
  async showSaveDialog(...args: unknown[]) {
    const { answer } = ask('save', args)
    return { canceled: answer === null, filePath: answer?.paths?.[0] ?? '' }
  },
  async showMessageBox(...args: unknown[]) {
    const { options, answer } = ask('message', args)
    return {
      response: button(options, answer),
      checkboxChecked: answer?.checked ?? options['checkboxChecked'] === true,
    }
  },
  showMessageBoxSync(...args: unknown[]) {
    const { options, answer } = ask('message', args)
    return button(options, answer)
  },
} satisfies Pick<
  Electron.Dialog,
  'showErrorBox' | 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showMessageBoxSync'
>)
