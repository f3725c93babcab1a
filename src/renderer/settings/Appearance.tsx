import { useTranslation } from 'react-i18next'
import { withUnit } from '../format'
import { useSettings } from '../state/settings'
import { Segmented, Select, Slider, Switch } from '../ui'
import { Row, Section } from './Section'
import styles from './Settings.module.css'

/** Language, theme, and how the gallery looks. */
export function Appearance() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  return (
    <Section title={t('settings.look.title')}>
      <Row title={t('settings.look.language')}>
        <Select
          label={t('settings.look.language')}
          value={settings.language}
          options={[
            { value: 'system', label: t('settings.look.system') },
            { value: 'en', label: 'English' },
            { value: 'zh-CN', label: '简体中文' },
          ]}
          onChange={(language) => void set({ language })}
        />
      </Row>
      <Row title={t('settings.look.theme')}>
        <Segmented
          label={t('settings.look.theme')}
          value={settings.theme}
          options={[
            { value: 'system', label: t('settings.look.system') },
            { value: 'dark', label: t('settings.look.dark') },
            { value: 'light', label: t('settings.look.light') },
          ]}
          onChange={(theme) => void set({ theme })}
        />
      </Row>
      <Row title={t('settings.look.cardSize')} hint={withUnit(settings.cardSize, 'px')}>
        <div className={styles.slider}>
          <Slider
            label={t('settings.look.cardSize')}
            bare
            value={settings.cardSize}
            min={160}
            max={420}
            step={4}
            format={(value) => withUnit(value, 'px')}
            onChange={(cardSize) =>
              useSettings.setState((state) => ({ settings: { ...state.settings, cardSize } }))
            }
            onCommit={(cardSize) => void set({ cardSize })}
          />
        </div>
      </Row>
      <Row title={t('settings.look.previews')} hint={t('settings.look.previewsHint')}>
        <Switch
          label={t('settings.look.previews')}
          bare
          checked={settings.hoverPreviews}
          onChange={(hoverPreviews) => void set({ hoverPreviews })}
        />
      </Row>
    </Section>
  )
}
