import { subscribe } from '../api'
import { useView } from '../state/view'
import { runCommand } from './commands'

/** Goes to the gallery and runs one of the commands that exist only there. */
export function runInGallery(id: string): void {
  useView.getState().setView('gallery')
  // Two frames: the gallery is shown in the first and its commands are known after it.
  requestAnimationFrame(() => requestAnimationFrame(() => runCommand(id)))
}

/** Does what the desktop's menu and notifications ask of the page; the answer stops it. */
export function obeyShell(): () => void {
  return subscribe((event) => {
    if (event.type === 'command' && !runCommand(event.command)) runInGallery(event.command)
    if (event.type === 'show') {
      const { setView, setActive, setInspectorOpen } = useView.getState()
      setView('gallery')
      setActive(event.id)
      setInspectorOpen(true)
    }
  })
}
