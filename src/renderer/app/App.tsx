import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { lazy, Suspense, useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { LocateHost } from '../actions'
import { Composer } from '../composer'
import { DropLayer } from '../drop'
import { GalleryView } from '../gallery'
import { useAssistant } from '../state/assistant'
import { useSettings } from '../state/settings'
import { hasInspector, useView } from '../state/view'
import { LayerHosts } from '../ui'
import styles from './App.module.css'
import { Banner } from './Banner'
import { Boundary } from './Boundary'
import { Rail } from './Rail'
import { useFoot } from './useFoot'
import { useShellCommands } from './useShellCommands'

// What the first look does not need comes after it, and before it is asked for.
const doors = {
  inspector: () => import('../inspector'),
  queue: () => import('../queue'),
  connections: () => import('../connections'),
  usage: () => import('../usage'),
  compare: () => import('../compare'),
  settings: () => import('../settings'),
  palette: () => import('./palette'),
  assistant: () => import('../assistant'),
}
const Inspector = lazy(() => doors.inspector().then((door) => ({ default: door.Inspector })))
const QueueView = lazy(() => doors.queue().then((door) => ({ default: door.QueueView })))
const ConnectionsView = lazy(() => doors.connections().then((door) => ({ default: door.ConnectionsView })))
const UsageView = lazy(() => doors.usage().then((door) => ({ default: door.UsageView })))
const CompareView = lazy(() => doors.compare().then((door) => ({ default: door.CompareView })))
const SettingsView = lazy(() => doors.settings().then((door) => ({ default: door.SettingsView })))
const Assistant = lazy(() => doors.assistant().then((door) => ({ default: door.Assistant })))
const Palette = lazy(() => doors.palette().then((door) => ({ default: door.Palette })))

/** Fetches the rest of the page while nothing else is to do, so that nobody waits for it later. */
function useDoorsAhead(): void {
  useEffect(() => {
    const idle = requestIdleCallback(() => {
      // One that does not arrive is fetched again when it is wanted.
      for (const open of Object.values(doors)) void open().catch(() => undefined)
    })
    return () => cancelIdleCallback(idle)
  }, [])
}

/** Whether an element still has the focus rightly: the rail keeps it, a hidden view does not. */
function takesPart(element: Element | null): boolean {
  return element instanceof HTMLElement && element !== document.body && element.closest('nav') !== null
}

function Views() {
  const view = useView((state) => state.view)
  const main = useRef<HTMLElement>(null)
  const foot = useFoot()
  useEffect(
    () =>
      useView.subscribe((state, before) => {
        // What had the focus may be gone with its view; the next Tab begins in the new one.
        if (state.view !== before.view && !takesPart(document.activeElement)) main.current?.focus()
      }),
    [],
  )
  return (
    <main className={styles.main} id="main" tabIndex={-1} ref={main}>
      <Banner />
      {/* Kept while another view is shown: its place, its draft and its pictures stay. */}
      <div className={styles.gallery} hidden={view !== 'gallery'}>
        <Boundary about="gallery">
          <GalleryView />
          <AssistantPlace />
          <div className={styles.foot} ref={foot}>
            <Composer />
          </div>
        </Boundary>
      </div>
      <Boundary about={view}>
        <Suspense>
          {view === 'queue' ? <QueueView /> : null}
          {view === 'connections' ? <ConnectionsView /> : null}
          {view === 'usage' ? <UsageView /> : null}
          {view === 'compare' ? <CompareView /> : null}
          {view === 'settings' ? <SettingsView /> : null}
        </Suspense>
      </Boundary>
    </main>
  )
}

/** The assistant's panel, from its first opening on: what it replaced can be taken back when it is closed again. */
function AssistantPlace() {
  const on = useSettings((state) => state.settings.assistant)
  const opened = useAssistant((state) => state.focusAsked > 0)
  return <Suspense>{on && opened ? <Assistant /> : null}</Suspense>
}

function Side() {
  const shown = useView((state) => state.inspectorOpen && hasInspector(state.view))
  return shown ? <Inspecting /> : null
}

function Inspecting() {
  const { t } = useTranslation()
  const activeId = useView((state) => state.activeId)
  const side = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const place = side.current
    // A focus that would go with it stays in the page.
    return () => {
      if (place?.contains(document.activeElement)) document.getElementById('main')?.focus()
    }
  }, [])
  return (
    <aside className={styles.side} aria-label={t('nav.inspector')} ref={side}>
      <Boundary about={activeId ?? ''}>
        <Suspense>
          <Inspector />
        </Suspense>
      </Boundary>
    </aside>
  )
}

function Overlays() {
  const opened = useView((state) => state.paletteOpen)
  return (
    <>
      <DropLayer />
      <LayerHosts />
      <LocateHost />
      <Boundary about={String(opened)} quiet>
        <Suspense>{opened ? <Palette /> : null}</Suspense>
      </Boundary>
    </>
  )
}

/** The frame of the page: rail, views, inspector, and what lies over them. */
export function App() {
  const { t } = useTranslation()
  useShellCommands()
  useDoorsAhead()
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={500}>
        <a className={styles.skip} href="#main">
          {t('app.skip')}
        </a>
        <div className={styles.frame}>
          <Rail />
          <Views />
          <Side />
        </div>
        <Overlays />
      </Tooltip.Provider>
    </CSPProvider>
  )
}
