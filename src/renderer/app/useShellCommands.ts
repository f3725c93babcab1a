import type { MenuCommand } from '@shared/words'
import { useTranslation } from 'react-i18next'
import { queueActions, restart } from '../actions'
import { useSettings } from '../state/settings'
import { useStudio } from '../state/studio'
import { lookForUpdate, useUpdates } from '../state/updates'
import { hasInspector, useView, type Place } from '../state/view'
import { useCommand, type Command } from './commands'
import { runInGallery } from './shellEvents'

/** Shows or hides the inspector, and remembers it. */
export function toggleInspector(): void {
  const { inspectorOpen, setInspectorOpen } = useView.getState()
  setInspectorOpen(!inspectorOpen)
  void useSettings.getState().set({ inspectorOpen: !inspectorOpen })
}

function useGo(view: Place, digit: string): void {
  const { t } = useTranslation()
  const go: Command = {
    id: `view.${view}`,
    title: t(`app.go.${view}`),
    group: 'go',
    run: () => useView.getState().setView(view),
  }
  useCommand({ ...go, shortcut: digit })
  // A browser keeps Ctrl and a digit for its tabs; in the desktop shell it works beside the digit alone.
  useCommand({ ...go, id: `${go.id}.mod`, shortcut: `Mod+${digit}`, hidden: true })
}

/** A command of the gallery while another view is shown: goes there first. */
function useFromAfar(id: MenuCommand, title: string, shortcut: string): void {
  useCommand({
    id,
    title,
    group: 'go',
    shortcut,
    enabled: () => useView.getState().view !== 'gallery',
    run: () => runInGallery(id),
  })
}

/** The commands of the frame: where to go, the palette, the inspector, the theme. */
export function useShellCommands(): void {
  const { t } = useTranslation()
  const inspectorOpen = useView((state) => state.inspectorOpen)
  const held = useSettings((state) => state.settings.queuePaused)
  const safe = useStudio((studio) => (studio.info?.safeMode ?? null) !== null)
  useGo('gallery', '1')
  useGo('queue', '2')
  useGo('connections', '3')
  useGo('usage', '4')
  useGo('settings', '5')
  useFromAfar('gallery.search', t('app.search'), '/')
  useCommand({
    id: 'view.inspector',
    title: t(inspectorOpen ? 'app.inspector.hide' : 'app.inspector.show'),
    group: 'app',
    shortcut: 'I',
    enabled: () => hasInspector(useView.getState().view),
    run: toggleInspector,
  })
  useCommand({
    id: 'queue.pause',
    title: t(held ? 'queue.resume' : 'queue.pause'),
    group: 'app',
    run: () => void (held ? queueActions.resumeAll() : queueActions.pauseAll()),
  })
  useCommand({
    id: 'palette.open',
    title: t('app.palette'),
    group: 'app',
    shortcut: 'Mod+K',
    hidden: true,
    run: () => useView.getState().setPaletteOpen(true),
  })
  useCommand({
    id: 'app.keys',
    title: t('app.keys'),
    group: 'app',
    shortcut: '?',
    run: () => useView.setState({ keysWanted: true, view: 'settings' }),
  })
  useCommand({
    id: 'studio.restart',
    title: t(safe ? 'safeMode.leave' : 'safeMode.enter'),
    group: 'app',
    run: () => void restart(!safe),
  })
  useCommand({
    id: 'updates.check',
    title: t('app.updates'),
    group: 'app',
    enabled: () => (useUpdates.getState().update?.phase ?? 'off') !== 'off',
    run: lookForUpdate,
  })
  useCommand({
    id: 'theme.toggle',
    title: t('app.theme'),
    group: 'app',
    run: () => {
      const dark = document.documentElement.dataset['theme'] === 'dark'
      void useSettings.getState().set({ theme: dark ? 'light' : 'dark' })
    },
  })
}
