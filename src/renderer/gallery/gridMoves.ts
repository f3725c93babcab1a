import type { Move } from './geometry'

/** What a key press does in the grid. */
export type GridKey =
  | { kind: 'move'; move: Move; extend: boolean; only: boolean }
  | { kind: 'toggle' }
  | { kind: 'open' }

const moves: Record<string, Move> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  Home: 'first',
  End: 'last',
}

/** Reads a key press: arrows choose the next card, with Shift a range, with Ctrl or Cmd they only go there. */
export function gridKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): GridKey | null {
  if (event.altKey) return null
  if (event.key === ' ') return { kind: 'toggle' }
  if (event.key === 'Enter') return { kind: 'open' }
  const move = moves[event.key]
  if (!move) return null
  return { kind: 'move', move, extend: event.shiftKey, only: event.ctrlKey || event.metaKey }
}
