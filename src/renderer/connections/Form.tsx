import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DraftTest } from './DraftTest'
import styles from './Editor.module.css'
import { applies, secretFields, settingFields } from './fields'
import { Environment, Label, Limits, Settings, type FormParts } from './parts'
import { Policy } from './Policy'
import { Secrets } from './Secrets'

interface PanelProps {
  title: string
  children: ReactNode
}

/** A group of fields under a heading. */
function Panel({ title, children }: PanelProps) {
  const id = useId()
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {title}
      </h2>
      {children}
    </section>
  )
}

/** What most never need, folded away; open where something in it is wrong. */
export function More(parts: FormParts) {
  const { t } = useTranslation()
  const fields = settingFields(parts.draft.provider.connection.settings)
  const asked = fields.filter((field) => applies(field.when, fields, parts.draft.settings))
  if (!asked.some((field) => field.group === 'more')) return null
  return (
    <details className={styles.more}>
      <summary>{t('connections.editor.more')}</summary>
      <Settings {...parts} only={(field) => field.group === 'more'} />
    </details>
  )
}

/** A connection in one page: fields, the test and the rights beside them. */
export function Form(parts: FormParts) {
  const { t } = useTranslation()
  const { draft } = parts
  const form = draft.provider.connection
  const secrets = secretFields(form, draft.settings).length > 0
  return (
    <div className={styles.columns}>
      <div className={styles.side}>
        <Panel title={t('connections.editor.account')}>
          <Label {...parts} />
          <Settings {...parts} only={(field) => field.group === 'main'} />
          <Environment {...parts} />
        </Panel>
        {secrets ? (
          <Panel title={t('connections.editor.secrets')}>
            <Secrets {...parts} />
          </Panel>
        ) : null}
        <Panel title={t('connections.editor.limits')}>
          <Limits {...parts} />
          <More {...parts} />
        </Panel>
      </div>
      <div className={styles.side}>
        <Panel title={t('connections.test.title')}>
          <p className={styles.text}>{t('connections.test.body')}</p>
          <DraftTest draft={draft} />
        </Panel>
        {form.policy ? (
          <Panel title={t('connections.policy.title')}>
            <p className={styles.text}>{t('connections.policy.body')}</p>
            <Policy provider={draft.provider} settings={draft.settings} />
          </Panel>
        ) : null}
      </div>
    </div>
  )
}
