import { useTranslation } from 'react-i18next'
import { sentences } from '../messages'
import { useSettings } from '../state/settings'
import { Button, Switch } from '../ui'
import { Amount } from './Amount'
import { Row, Section } from './Section'

/** The prompt assistant: whether it is there, what a request may cost, and what it sends. */
export function Assistant() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const { assistant, assistantCeiling, assistantConsent } = settings
  return (
    <Section title={t('settings.assistant.title')}>
      <Row title={t('settings.assistant.on')} hint={t('settings.assistant.onHint')}>
        <Switch
          label={t('settings.assistant.on')}
          bare
          checked={assistant}
          onChange={(on) => void set({ assistant: on })}
        />
      </Row>
      <Amount
        label={t('settings.assistant.ceiling')}
        toggle={t('settings.assistant.ceilingOn')}
        hint={t(
          assistantCeiling === null ? 'settings.assistant.ceilingNever' : 'settings.assistant.ceilingHint',
        )}
        value={assistantCeiling}
        start={50_000}
        onChange={(micros) => set({ assistantCeiling: micros })}
      />
      <Row
        title={t('settings.assistant.sent')}
        hint={sentences(
          t('settings.assistant.sentHint'),
          t(assistantConsent ? 'settings.assistant.agreed' : 'settings.assistant.notYet'),
        )}
      >
        {assistantConsent ? (
          <Button onClick={() => void set({ assistantConsent: false })}>
            {t('settings.assistant.takeBack')}
          </Button>
        ) : null}
      </Row>
    </Section>
  )
}
