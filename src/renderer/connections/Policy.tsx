import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, problemOf } from '../api'
import { Button, toast } from '../ui'
import type { Draft } from './draft'
import styles from './Editor.module.css'
import { settingsToSend } from './fields'

/** Milliseconds without a change before the policy is asked for anew. */
const calm = 250
/** How long it is said that it was copied. */
const copiedMs = 2000

/** The rights that the provider's console is to be given, filled in with what stands in the form. */
export function Policy({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  const [policy, setPolicy] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)
  const { provider } = draft
  const settings = JSON.stringify(settingsToSend(provider.connection, draft.settings))

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
