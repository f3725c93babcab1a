import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, problemOf } from '../api'
import type { AccountProvider } from '../state/connections'
import { Button, Dialog, toast } from '../ui'
import styles from './Editor.module.css'
import { settingsToSend } from './fields'

/** Milliseconds without a change before the policy is asked for anew. */
const calm = 250
/** How long it is said that it was copied. */
const copiedMs = 2000

/** Whose rights: a connection as it is kept, or as it stands in the form. */
export interface PolicyOf {
  provider: AccountProvider
  settings: Readonly<Record<string, unknown>>
}

/** The rights that the provider's console is to be given, filled in with what is known. */
export function Policy({ provider, settings: given }: PolicyOf) {
  const { t } = useTranslation()
  const [policy, setPolicy] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)
  const settings = JSON.stringify(settingsToSend(provider.connection, given))

  useEffect(() => {
    const stop = new AbortController()
    const ask = async () => {
      try {
        const asked = { provider: provider.id, settings: JSON.parse(settings) as Record<string, unknown> }
        const answer = await api.connections.policy(asked, { signal: stop.signal })
        setPolicy(answer.policy)
        setProblem(null)
      } catch (error) {
        if (!stop.signal.aborted) setProblem(problemOf(error).title)
      }
    }
    const timer = window.setTimeout(() => void ask(), calm)
    return () => {
      window.clearTimeout(timer)
      stop.abort()
    }
  }, [provider.id, settings])

  useEffect(() => {
    if (!copied) return undefined
    const timer = window.setTimeout(() => setCopied(false), copiedMs)
    return () => window.clearTimeout(timer)
  }, [copied])

  const copy = () => {
    navigator.clipboard.writeText(policy ?? '').then(
      () => setCopied(true),
      () => toast({ title: t('settings.data.notCopied'), tone: 'error' }),
    )
  }

  return (
    <div className={styles.policy}>
      {problem === null ? (
        <pre className="selectable" tabIndex={0} role="region" aria-label={t('connections.policy.title')}>
          {policy ?? ''}
        </pre>
      ) : (
        <p className={styles.error} role="alert">
          {problem}
        </p>
      )}
      <div className={styles.policyFoot}>
        <Button
          size="s"
          disabled={policy === null}
          icon={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          onClick={copy}
        >
          {t(copied ? 'connections.policy.copied' : 'connections.policy.copy')}
        </Button>
      </div>
    </div>
  )
}

/** The same over the page, for whoever is told to use it where it is not in sight. */
export function PolicyDialog({ onClose, ...of }: PolicyOf & { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog
      open
      width={620}
      title={t('connections.policy.title')}
      description={t('connections.policy.use')}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Policy {...of} />
    </Dialog>
  )
}
