import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import { useView } from '../state/view'
import { matchesShortcut } from '../ui/shortcut'

/** Where the palette lists a command. */
export type CommandGroup = 'make' | 'video' | 'gallery' | 'go' | 'app'

/** Something a person can do, by palette and by key. */
export interface Command {
  id: string
  /** A verb and its object, in the page's language. */
  title: string
  group: CommandGroup
  /** Such as `Mod+Enter`, `Shift+D`, `/`, `Delete`. Without `Mod` it is silent while text is being typed. */
  shortcut?: string
  /** Asked when it matters; left out means always. */
  enabled?: () => boolean
  /** Known to the keyboard but not worth a line in the palette. */
  hidden?: boolean
  run: () => void
}

const useRegistry = create<{ commands: readonly Command[] }>(() => ({ commands: [] }))

/** Makes commands known to the palette and the keyboard; the answer takes them back. */
export function registerCommands(added: readonly Command[]): () => void {
  useRegistry.setState(({ commands }) => ({ commands: [...commands, ...added] }))
  return () =>
    useRegistry.setState(({ commands }) => ({
      commands: commands.filter((command) => !added.includes(command)),
    }))
}

/** Makes a command known while the component is mounted; always runs the latest `run`. */
export function useCommand(command: Command): void {
  const latest = useRef(command)
  useEffect(() => {
    latest.current = command
  })
  const { id, title, group, shortcut, hidden = false } = command
  useEffect(
    () =>
      registerCommands([
        {
          id,
          title,
          group,
          hidden,
          ...(shortcut === undefined ? {} : { shortcut }),
          enabled: () => latest.current.enabled?.() ?? true,
          run: () => latest.current.run(),
        },
      ]),
    [id, title, group, shortcut, hidden],
  )
}

/** All commands known now, for the palette and the list of shortcuts. */
export function useCommands(): readonly Command[] {
  return useRegistry((registry) => registry.commands)
}

/** Runs a command by its id; false where it is not known now or not possible. */
export function runCommand(id: string): boolean {
  // One id may be known twice, each for another view.
  const command = useRegistry
    .getState()
    .commands.findLast((known) => known.id === id && known.enabled?.() !== false)
  if (command === undefined) return false
  command.run()
  return true
}

/** Whether keys pressed here are text. */
function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !/^(checkbox|radio|range|button|submit)$/.test(target.type)
}

/** Whether the press belongs to something that is open on top: a dialog, a menu, a list of choices. */
function belongsToLayer(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role=dialog],[role=alertdialog],[role=menu],[role=listbox]') !== null
  )
}

/** Keys pressed between the palette's opening and its first frame belong to it. */
function typedAhead(event: KeyboardEvent): boolean {
  const { paletteOpen, paletteQuery, setPaletteQuery } = useView.getState()
  if (!paletteOpen) return false
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault()
    setPaletteQuery(paletteQuery + event.key)
  }
  return true
}

function onKeyDown(event: KeyboardEvent): void {
  // While an input method composes, every key is its own.
  if (event.defaultPrevented || event.isComposing || belongsToLayer(event.target)) return
  if (typedAhead(event)) return
  const typing = takesText(event.target)
  // The newest registration wins: what lies on top answers first.
  for (const command of useRegistry.getState().commands.toReversed()) {
    const { shortcut } = command
    if (shortcut === undefined || !matchesShortcut(event, shortcut)) continue
    if (typing && !shortcut.includes('Mod')) continue
    if (command.enabled?.() === false) continue
    event.preventDefault()
    command.run()
    return
  }
}

/** Starts the one listener that turns keys into commands; the answer stops it. */
export function startKeys(): () => void {
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}
