import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../Button'
import { refusal, useAsked, type Asked } from '../confirm'
import { Checkbox } from './Checkbox'
import styles from './Dialog.module.css'
import { useWayBack } from './wayBack'

/** A key that is still held down from what brought the question up must not answer it. */
function deliberate(event: KeyboardEvent): void {
  if (event.repeat || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) event.preventDefault()
}

function Ask({ question, settle, go }: Asked & { go: RefObject<HTMLButtonElement | null> }) {
  const { t } = useTranslation()
  const [checked, setChecked] = useState(question.check?.value ?? false)
  const [remember, setRemember] = useState(false)
  const decide = (ok: boolean) => {
    settle({ ok, checked: ok && checked, remember: ok && remember })
    useAsked.setState({ open: false })
  }
  return (
    <>
      <header className={styles.header}>
        <AlertDialog.Title className={styles.title}>{question.title}</AlertDialog.Title>
      </header>
      {question.body === undefined ? null : (
        <AlertDialog.Description className={styles.description}>{question.body}</AlertDialog.Description>
      )}
      {question.facts === undefined ? null : (
        <dl className={styles.facts}>
          {question.facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className={styles.body}>
        {question.check === undefined ? null : (
          <Checkbox label={question.check.label} checked={checked} onChange={setChecked} />
        )}
        {question.remember === undefined ? null : (
          <Checkbox label={question.remember} checked={remember} onChange={setRemember} />
        )}
      </div>
      <footer className={styles.footer}>
        <Button onClick={() => decide(false)}>{question.stay ?? t('ui.cancel')}</Button>
        <Button
          ref={go}
          variant={question.danger ? 'danger' : 'primary'}
          onKeyDown={deliberate}
          onClick={() => decide(true)}
        >
          {question.action}
        </Button>
      </footer>
    </>
  )
}

/** Draws what is being asked. */
export function Confirm() {
  const { asked, open } = useAsked()
  const go = useRef<HTMLButtonElement>(null)
  const back = useWayBack(open)
  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={(now) => {
        if (now) return
        asked?.settle(refusal)
        useAsked.setState({ open: false })
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.backdrop} />
        <AlertDialog.Popup
          className={styles.popup}
          style={{ width: 420 }}
          finalFocus={back}
          {...(asked?.question.ready ? { initialFocus: go } : {})}
        >
          {asked === null ? null : <Ask key={asked.number} {...asked} go={go} />}
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
