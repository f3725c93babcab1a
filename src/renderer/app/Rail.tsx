import {
  IconChartBar,
  IconCommand,
  IconKey,
  IconLayoutGrid,
  IconLayoutSidebarRight,
  IconListDetails,
  IconPlayerPauseFilled,
  IconSettings,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLine } from '../state/jobs'
import { useSettings } from '../state/settings'
import { hasInspector, useView, type Place as RailPlace } from '../state/view'
import { IconButton, Tooltip } from '../ui'
import { Logo } from './Logo'
import styles from './Rail.module.css'
import { toggleInspector } from './useShellCommands'

interface PlaceProps {
  view: RailPlace
  digit: string
  icon: ReactNode
  children?: ReactNode
}

function Place({ view, digit, icon, children }: PlaceProps) {
  const { t } = useTranslation()
  const here = useView((state) => state.view === view || (state.view === 'compare' && view === 'gallery'))
  return (
    <Tooltip text={t(`app.go.${view}`)} kbd={digit} side="right">
      <button
        type="button"
        className={styles.place}
        aria-current={here ? 'page' : undefined}
        aria-keyshortcuts={digit}
        onClick={() => useView.getState().setView(view)}
      >
        <span className={styles.icon}>
          {icon}
          {children}
        </span>
        {t(`nav.${view}`)}
      </button>
    </Tooltip>
  )
}

function RunningCount() {
  const { t } = useTranslation()
  const count = useLine((line) => line.working + line.waiting)
  const held = useSettings((state) => state.settings.queuePaused)
  if (held) {
    return (
      <span className={styles.held}>
        <IconPlayerPauseFilled size={9} aria-hidden="true" />
        <span className="sr-only">{t('nav.paused')}</span>
      </span>
    )
  }
  if (count === 0) return null
  return (
    <span className={styles.count}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{t('nav.running', { count })}</span>
    </span>
  )
}

/** The way between the views. */
export function Rail() {
  const { t } = useTranslation()
  const inspectorOpen = useView((state) => state.inspectorOpen)
  const inspects = useView((state) => hasInspector(state.view))
  return (
    <nav className={styles.rail} aria-label={t('nav.label')}>
      <Logo className={styles.logo} />
      <Place view="gallery" digit="1" icon={<IconLayoutGrid size={19} stroke={1.6} />} />
      <Place view="queue" digit="2" icon={<IconListDetails size={19} stroke={1.6} />}>
        <RunningCount />
      </Place>
      <Place view="connections" digit="3" icon={<IconKey size={19} stroke={1.6} />} />
      <Place view="usage" digit="4" icon={<IconChartBar size={19} stroke={1.6} />} />
      <div className={styles.gap} />
      <IconButton
        label={t('app.palette')}
        kbd="Mod+K"
        side="right"
        icon={<IconCommand size={18} stroke={1.6} />}
        onClick={() => useView.getState().setPaletteOpen(true)}
      />
      {inspects ? (
        <IconButton
          label={t(inspectorOpen ? 'app.inspector.hide' : 'app.inspector.show')}
          kbd="I"
          side="right"
          icon={<IconLayoutSidebarRight size={18} stroke={1.6} />}
          onClick={toggleInspector}
        />
      ) : null}
      <Place view="settings" digit="5" icon={<IconSettings size={19} stroke={1.6} />} />
    </nav>
  )
}
