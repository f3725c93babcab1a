import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../app/commands'
import { Logo } from '../app/Logo'
import { useStudio } from '../state/studio'
import { useView } from '../state/view'
import { Kbd } from '../ui'
import { Section } from './Section'
import styles from './Settings.module.css'

/** Every key that does something here, as the commands know them. */
export function Shortcuts() {
  const { t } = useTranslation()
  const commands = useCommands()
  const place = useRef<HTMLDivElement>(null)
  const wanted = useView((view) => view.keysWanted)
  useEffect(() => {
    if (!wanted) return
    place.current?.scrollIntoView({ block: 'start' })
    useView.setState({ keysWanted: false })
  }, [wanted])
  const known = new Map(commands.map((command) => [command.id, command]))
  const shown = [...known.values()].filter((command) => !command.id.endsWith('.mod'))
  return (
    <div ref={place}>
      <Section title={t('settings.shortcuts.title')}>
        <dl className={styles.shortcuts}>
          {shown.map(({ id, title, shortcut }) =>
            shortcut === undefined ? null : (
              <div key={id}>
                <dt>{title}</dt>
                <dd>
                  <Kbd keys={shortcut} spoken />
                </dd>
              </div>
            ),
          )}
        </dl>
      </Section>
    </div>
  )
}

/** What this is, and which. */
export function About() {
  const { t } = useTranslation()
  const version = useStudio((studio) => studio.info?.version ?? '')
  return (
    <Section title={t('settings.about.title')}>
      <div className={styles.about}>
        <Logo />
        <div className={styles.words}>
          <div>
            Dailies <span className="tabular">{version}</span>
          </div>
          <div className={styles.hint}>{t('settings.about.body')}</div>
        </div>
      </div>
    </Section>
  )
}
