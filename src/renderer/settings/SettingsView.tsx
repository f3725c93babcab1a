import { useTranslation } from 'react-i18next'
import { About, Shortcuts } from './About'
import { Assistant } from './Assistant'
import { Appearance } from './Appearance'
import { Data } from './Data'
import { Help } from './Help'
import { Desktop } from './Desktop'
import { Library } from './Library'
import { Money } from './Money'
import { Network } from './Network'
import { Notifications } from './Notifications'
import { Updates } from './Updates'
import styles from './Settings.module.css'

/** The person's choices. */
export function SettingsView() {
  const { t } = useTranslation()
  return (
    <div className={styles.view}>
      <div className={styles.column}>
        <h1 className={styles.title}>{t('nav.settings')}</h1>
        <Appearance />
        <Library />
        <Money />
        <Assistant />
        <Notifications />
        <Desktop />
        <Network />
        <Data />
        <Help />
        <Shortcuts />
        <Updates />
        <About />
      </div>
    </div>
  )
}
