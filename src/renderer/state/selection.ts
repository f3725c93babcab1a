import { create } from 'zustand'
import type { JobOrder } from './jobs'

/** What is chosen in the gallery, by `seq`, so that cards whose rows are not at hand can be chosen too. */
export interface SelectionState {
  chosen: ReadonlySet<number>
  /** Where a range begins. */
  anchor: number | null
  /** The card the keyboard is on. */
  focused: number | null
  /** Clicks add and take away instead of choosing one. */
  selecting: boolean
}

const nothing: ReadonlySet<number> = new Set()

/** The gallery's selection. */
export const useSelection = create<SelectionState>(() => ({
  chosen: nothing,
  anchor: null,
  focused: null,
  selecting: false,
}))

/** How often the grid was asked to take the keyboard: what had the focus went away with its card or button. */
export const useFocusAsked = create<{ times: number }>(() => ({ times: 0 }))

/** Puts the focus on the card the keyboard is on, once it is drawn. */
export function focusCard(): void {
  useFocusAsked.setState(({ times }) => ({ times: times + 1 }))
}

/** What a click or key means for the selection. */
export type PickHow = 'one' | 'toggle' | 'range'

/** The selection after picking a card. A range runs from the anchor and takes in everything between, seen or not. */
export function pick(state: SelectionState, order: JobOrder, seq: number, how: PickHow): SelectionState {
  switch (how) {
    case 'one':
      return { ...state, chosen: new Set([seq]), anchor: seq, focused: seq }
    case 'toggle': {
      const chosen = new Set(state.chosen)
      if (!chosen.delete(seq)) chosen.add(seq)
      return { ...state, chosen, anchor: seq, focused: seq }
    }
    case 'range': {
      const from = order.indexOf(state.anchor ?? seq)
      const to = order.indexOf(seq)
      if (from < 0 || to < 0) return pick(state, order, seq, 'one')
      const between = order.between(from, to)
      const chosen = state.selecting ? new Set([...state.chosen, ...between]) : new Set(between)
      return { ...state, chosen, anchor: state.anchor ?? seq, focused: seq }
    }
  }
}

/** The selection once some cards are gone; the keyboard goes on at the card that takes their place. */
export function withoutGone(
  state: SelectionState,
  before: JobOrder,
  gone: readonly number[],
): SelectionState {
  const chosen = new Set(state.chosen)
  for (const seq of gone) chosen.delete(seq)
  const lost = new Set(gone)
  const keep = (seq: number | null) => (seq !== null && lost.has(seq) ? null : seq)
  return { ...state, chosen, anchor: keep(state.anchor), focused: neighbour(state.focused, before, lost) }
}

function neighbour(seq: number | null, order: JobOrder, lost: ReadonlySet<number>): number | null {
  if (seq === null || !lost.has(seq)) return seq
  const place = order.indexOf(seq)
  for (let at = place; at >= 0 && at < order.length; at += 1) {
    const next = order.at(at)
    if (next !== undefined && !lost.has(next)) return next
  }
  for (let at = place - 1; at >= 0; at -= 1) {
    const next = order.at(at)
    if (next !== undefined && !lost.has(next)) return next
  }
  return null
}

/** Chooses nothing and leaves select mode. */
export function clearSelection(): void {
  useSelection.setState({ chosen: nothing, anchor: null, selecting: false })
}
