import { useSelection } from '../state/selection'
import { useSettings } from '../state/settings'
import { useView } from '../state/view'

/** Below this width an inspector with nothing in it would take the room that cards need. */
const narrow = window.matchMedia('(width < 1120px)')

/** Whether the inspector would have something to show. */
function isFilled(): boolean {
  return useView.getState().activeId !== null || useSelection.getState().chosen.size > 1
}

/** Whether the page begins with the inspector beside it. */
export function beginsOpen(): boolean {
  return useSettings.getState().settings.inspectorOpen && (!narrow.matches || isFilled())
}

/**
 * Takes the inspector's place away when the window becomes narrow, or what it showed is gone, while there is nothing in
 * it; gives it back with the room, where the person wants it. What is remembered stays what the person chose.
 */
export function keepRoom(): void {
  const { setInspectorOpen } = useView.getState()
  const close = () => {
    if (narrow.matches && !isFilled()) setInspectorOpen(false)
  }
  narrow.addEventListener('change', () => {
    if (narrow.matches) close()
    else if (useSettings.getState().settings.inspectorOpen) setInspectorOpen(true)
  })
  useView.subscribe((state, before) => {
    if (state.activeId === null && before.activeId !== null) close()
  })
  useSelection.subscribe((state, before) => {
    if (state.chosen.size < 2 && before.chosen.size > 1) close()
  })
}
