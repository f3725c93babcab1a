import { list, rows } from '../state/jobs'
import { pick, useSelection, type PickHow } from '../state/selection'
import { useView } from '../state/view'

/** Picks a card; one alone is what the inspector shows. */
export function choose(seq: number, how: PickHow): void {
  useSelection.setState((state) => pick(state, list.store.getState().order, seq, how))
  const id = rows.get(seq)?.id
  if (how !== 'toggle' && id !== undefined) useView.getState().setActive(id)
}

/** Chooses everything the filter shows, at hand or not. */
export function chooseAll(): void {
  const { order } = list.store.getState()
  useSelection.setState({ chosen: new Set(order.slice(0, order.length)) })
}

/** The jobs an action is meant for when it is begun on one card: all that are chosen, or this one alone. */
export function meant(seq: number): number[] {
  const { chosen } = useSelection.getState()
  return chosen.has(seq) ? [...chosen] : [seq]
}
