import { useTranslation } from 'react-i18next'
import { Kbd } from '../ui'
import styles from './Inspector.module.css'

/** What stands here while nothing is chosen: the shape of it, and the keys that make it faster. */
export function Nothing() {
  const { t } = useTranslation()
  const hints = [
    { keys: ['K'], text: t('inspector.nothing.play') },
    { keys: [',', '.'], text: t('inspector.nothing.frames') },
    { keys: ['Mod+K'], text: t('inspector.nothing.palette') },
  ]
  return (
    <div className={styles.nothing}>
      <div className={styles.shape} aria-hidden="true">
        <span />
        <i />
        <i />
        <i />
      </div>
      <p className={styles.nothingTitle}>{t('inspector.nothing.title')}</p>
      <p>{t('inspector.nothing.body')}</p>
      <ul className={styles.hints}>
        {hints.map(({ keys, text }) => (
          <li key={text}>
            <span>
              {keys.map((key) => (
                <Kbd key={key} keys={key} />
              ))}
            </span>
            {text}
          </li>
        ))}
      </ul>
    </div>
  )
}
