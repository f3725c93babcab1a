import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { LocateHost } from '../actions'
import { Composer } from '../composer'
import { DropLayer } from '../drop'
import { GalleryView } from '../gallery'
import { useView } from '../state/view'
import { LayerHosts } from '../ui'
import styles from './App.module.css'
import { Banner } from './Banner'
import { Rail } from './Rail'
import { useShellCommands } from './useShellCommands'

// What the first look does not need comes after it.
const Inspector = lazy(() => import('../inspector').then((door) => ({ default: door.Inspector })))
const QueueView = lazy(() => import('../queue').then((door) => ({ default: door.QueueView })))
const SettingsView = lazy(() => import('../settings').then((door) => ({ default: door.SettingsView })))
const Palette = lazy(() => import('./palette').then((door) => ({ default: door.Palette })))

function Views() {
  const view = useView((state) => state.view)
  return (
    <main className={styles.main} id="main" tabIndex={-1}>
      <Banner />
      {/* Kept while another view is shown: its place, its draft and its pictures stay. */}
      <div className={styles.gallery} hidden={view !== 'gallery'}>
        <GalleryView />
        <Composer />
      </div>
      <Suspense>
        {view === 'queue' ? <QueueView /> : null}
        {view === 'settings' ? <SettingsView /> : null}
      </Suspense>
    </main>
  )
}

function Side() {
  const { t } = useTranslation()
  const shown = useView((state) => state.inspectorOpen && state.view !== 'settings')
  if (!shown) return null
  return (
    <aside className={styles.side} aria-label={t('nav.inspector')}>
      <Suspense>
        <Inspector />
      </Suspense>
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
      <Suspense>{opened ? <Palette /> : null}</Suspense>
    </>
  )
}

/** The frame of the page: rail, views, inspector, and what lies over them. */
export function App() {
  const { t } = useTranslation()
  useShellCommands()
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
