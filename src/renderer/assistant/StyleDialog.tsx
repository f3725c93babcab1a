import type { Style } from '@shared/contract'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, problemOf } from '../api'
import { sentences } from '../messages'
import { useAssistant } from '../state/assistant'
import { readStyles } from '../state/assistant/lists'
import { Button, confirm, Dialog, TextField } from '../ui'
import styles from './StyleDialog.module.css'
import { styleName } from './words'

/** A manner of writing and its name. One of ours is the beginning of one's own and stays as it is. */
export function StyleDialog({ style, onClose }: { style: Style | null; onClose: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const own = style !== null && !style.builtIn
  const [name, setName] = useState(() =>
    style === null ? '' : own ? style.name : t('assistant.style.copyOf', { name: styleName(style) }),
  )
  const [system, setSystem] = useState(style?.system ?? '')
  const [said, setSaid] = useState<string | undefined>()
  const attempt = async (act: () => Promise<string | null>) => {
    try {
      const styleId = await act()
      await readStyles()
      useAssistant.setState({ styleId })
      onClose()
    } catch (error) {
      const { title, hint, issues } = problemOf(error)
      setSaid(issues[0]?.text ?? sentences(title, hint))
    }
  }
  const save = (over: boolean) =>
    attempt(async () => {
      const saved = await api.assistant.styles.save({
        name,
        system,
        ...(over && style ? { id: style.id } : {}),
      })
      return saved.id
    })
  const remove = async () => {
    if (!style) return
    const { ok } = await confirm({
      title: t('assistant.style.remove.title', { name: style.name }),
      body: t('assistant.style.remove.body'),
      action: t('assistant.style.remove.action'),
      danger: true,
    })
    if (ok) await attempt(() => api.assistant.styles.remove({ id: style.id }).then(() => null))
  }
  const empty = name.trim() === '' || system.trim() === ''
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={t(own ? 'assistant.style.change' : 'assistant.style.new')}
      description={t('assistant.style.hint')}
      width={620}
      footer={
        <>
          {own ? (
            <Button variant="danger" onClick={() => void remove()}>
              {t('assistant.style.remove.action')}
            </Button>
          ) : null}
          <span className={styles.gap} />
          {own ? (
            <Button disabled={empty} onClick={() => void save(false)}>
              {t('assistant.style.saveAsNew')}
            </Button>
          ) : null}
          <Button variant="primary" disabled={empty} onClick={() => void save(own)}>
            {t('assistant.style.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField label={t('assistant.style.name')} maxLength={80} value={name} onChange={setName} />
        <div className={styles.field}>
          <label htmlFor={id}>{t('assistant.style.system')}</label>
          <textarea
            id={id}
            className={styles.system}
            maxLength={20_000}
            value={system}
            dir="auto"
            onChange={(event) => setSystem(event.currentTarget.value)}
          />
        </div>
        {said === undefined ? null : (
          <p className={styles.wrong} role="alert">
            {said}
          </p>
        )}
      </div>
    </Dialog>
  )
}
