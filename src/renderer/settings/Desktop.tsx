import type { DesktopCapabilities, Settings } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { sentences } from '../messages'
import { useSettings } from '../state/settings'
import { useSpelling } from '../state/spelling'
import { useStudio } from '../state/studio'
import { Switch } from '../ui'
import { Row, Section } from './Section'

/** What the row of spelling says: whose words they are, and what is fetched for it. */
function spellingHint({ spelling }: DesktopCapabilities, on: boolean) {
  if (spelling === 'system') return 'settings.desktop.spellingSystem'
  return on ? 'settings.desktop.spellingOn' : 'settings.desktop.spellingOff'
}

function Toggle({
  title,
  hint,
  of,
}: {
  title: string
  hint: string
  of: 'tray' | 'openAtLogin' | 'startHidden'
}) {
  const { settings, set } = useSettings()
  const change: Record<typeof of, (on: boolean) => Partial<Settings>> = {
    tray: (tray) => ({ tray }),
    openAtLogin: (openAtLogin) => ({ openAtLogin }),
    startHidden: (startHidden) => ({ startHidden }),
  }
  return (
    <Row title={title} hint={hint}>
      <Switch label={title} bare checked={settings[of]} onChange={(on) => void set(change[of](on))} />
    </Row>
  )
}

/** How the installed program behaves beside its window; nothing of it exists in a browser. */
export function Desktop() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const info = useStudio((studio) => studio.info)
  const on = useSpelling()
  const desktop = info?.capabilities.desktop
  if (!desktop) return null
  const mac = info.platform === 'darwin'
  return (
    <Section title={t('settings.desktop.title')}>
      {desktop.tray ? (
        <Toggle
          of="tray"
          title={t(mac ? 'settings.desktop.menuBar' : 'settings.desktop.tray')}
          hint={sentences(
            t('settings.desktop.trayHint'),
            info.platform === 'linux' ? t('settings.desktop.trayLinux') : null,
          )}
        />
      ) : null}
      {desktop.openAtLogin ? (
        <Toggle of="openAtLogin" title={t('settings.desktop.login')} hint={t('settings.desktop.loginHint')} />
      ) : null}
      {desktop.openAtLogin && settings.openAtLogin ? (
        <Toggle
          of="startHidden"
          title={t('settings.desktop.hidden')}
          hint={t(settings.tray ? 'settings.desktop.hiddenTray' : 'settings.desktop.hiddenHint')}
        />
      ) : null}
      <Row title={t('settings.desktop.spelling')} hint={t(spellingHint(desktop, on))}>
        <Switch
          label={t('settings.desktop.spelling')}
          bare
          checked={on}
          onChange={(spelling) => void set({ spelling })}
        />
      </Row>
    </Section>
  )
}
