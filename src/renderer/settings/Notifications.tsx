import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../state/settings'
import { useStudio } from '../state/studio'
import { Button, Switch } from '../ui'
import { Row, Section } from './Section'

/** Whether the page itself must ask the browser before it may notify. */
function usePagePermission(): [NotificationPermission, () => Promise<void>] {
  const bySystem = useStudio((studio) => studio.info?.capabilities.systemNotifications ?? true)
  const able = 'Notification' in window
  const [permission, setPermission] = useState(able ? Notification.permission : 'denied')
  const ask = async () => setPermission(await Notification.requestPermission())
  return bySystem ? ['granted', ask] : [permission, ask]
}

/** Telling of jobs that end while nobody looks. */
export function Notifications() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const [permission, ask] = usePagePermission()
  const hint =
    settings.notify && permission === 'denied'
      ? t('settings.notify.blocked')
      : settings.notify && permission === 'default'
        ? t('settings.notify.ask')
        : t('settings.notify.hint')
  return (
    <Section title={t('settings.notify.title')}>
      <Row title={t('settings.notify.ended')} hint={hint}>
        {settings.notify && permission === 'default' ? (
          <Button size="s" onClick={() => void ask()}>
            {t('settings.notify.allow')}
          </Button>
        ) : null}
        <Switch
          label={t('settings.notify.ended')}
          bare
          checked={settings.notify}
          onChange={(notify) => {
            void set({ notify })
            if (notify && permission === 'default') void ask()
          }}
        />
      </Row>
    </Section>
  )
}
