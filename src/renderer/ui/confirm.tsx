import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Checkbox } from '@base-ui/react/checkbox'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { Button } from './Button'
import styles from './Dialog.module.css'

export interface Question {
  title: string
  body?: string
  /** The verb on the button that goes on. */
  action: string
  danger?: boolean
  /** One more choice, with what it starts as. */
  check?: { label: string; value: boolean }
  /** Words of a second box, never ticked at first, that makes the choice the rule. */
  remember?: string
}

export interface Decision {
  ok: boolean
  checked: boolean
  remember: boolean
}

const refusal: Decision = { ok: false, checked: false, remember: false }

interface Asked {
  number: number
  question: Question
  settle: (decision: Decision) => void
}

const useAsked = create<{ asked: Asked | null; open: boolean }>(() => ({ asked: null, open: false }))
let asked = 0

/** Asks the person before something that is hard to take back; resolves with what they chose. */
export function confirm(question: Question): Promise<Decision> {
  useAsked.getState().asked?.settle(refusal)
  return new Promise((settle) => {
    asked += 1
    useAsked.setState({ asked: { number: asked, question, settle }, open: true })
  })
}

function Check({
  label,
  value,
  onChange,
}: {
  label: string
  value: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <label className={styles.check}>
      <Checkbox.Root className={styles.box} checked={value} onCheckedChange={onChange}>
        <Checkbox.Indicator>
          <IconCheck size={13} stroke={2.5} />
        </Checkbox.Indicator>
      </Checkbox.Root>
      {label}
    </label>
  )
}

function Ask({ question, settle }: Asked) {
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
      <div className={styles.body}>
        {question.check === undefined ? null : (
          <Check label={question.check.label} value={checked} onChange={setChecked} />
        )}
        {question.remember === undefined ? null : (
          <Check label={question.remember} value={remember} onChange={setRemember} />
        )}
      </div>
      <footer className={styles.footer}>
        <Button onClick={() => decide(false)}>{t('ui.cancel')}</Button>
        <Button variant={question.danger ? 'danger' : 'primary'} onClick={() => decide(true)}>
          {question.action}
        </Button>
      </footer>
    </>
  )
}

/** Draws what {@link confirm} asks; mounted once. */
export function ConfirmHost() {
  const { asked, open } = useAsked()
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
        <AlertDialog.Popup className={styles.popup} style={{ width: 420 }}>
          {asked === null ? null : <Ask key={asked.number} {...asked} />}
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
