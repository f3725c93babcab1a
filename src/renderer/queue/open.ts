import { useView } from '../state/view'

/** Shows a job in the gallery with the inspector beside it. */
export function openInGallery(id: string): void {
  const { setView, setActive, setInspectorOpen } = useView.getState()
  setActive(id)
  setInspectorOpen(true)
  setView('gallery')
}
