import type { WireRequest } from '@shared/contract'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, problemOf } from '../api'
import { RequestView } from '../inspector/RequestView'
import { Button } from '../ui'
import styles from './Consent.module.css'
import { agree, decline, useConsent } from './agreement'

const sent = ['prompt', 'words', 'image', 'brief', 'style'] as const

/** Before the first request: what is sent, where to, word for word; nothing goes before the person agrees. */
export function Consent() {
  const { t } = useTranslation()
  const wanting = useConsent((state) => state.wanting)
  const [answer, setAnswer] = useState<{ request?: WireRequest; said?: string }>({})
  useEffect(() => {
    if (!wanting) return undefined
    const controller = new AbortController()
    const { signal } = controller
    const asked =
      wanting.kind === 'ask'
        ? api.assistant.preview(wanting.ask, { signal })
        : api.assistant.previewShots(wanting.wish, { signal })
    asked.then(
      ({ request }) => setAnswer({ request }),
      (error: unknown) => {
        if (!controller.signal.aborted) setAnswer({ said: problemOf(error).title })
      },
    )
    return () => controller.abort()
  }, [wanting])
  return (
    <div className={styles.consent}>
      <div className={styles.words}>
        <h3>{t('assistant.consent.title')}</h3>
        <p>{t('assistant.consent.body')}</p>
        <ul>
          {sent.map((what) => (
            <li key={what}>{t(`assistant.consent.${what}`)}</li>
          ))}
        </ul>
        <p className={styles.hint}>{t('assistant.consent.never')}</p>
        <div className={styles.ways}>
          <Button variant="primary" autoFocus onClick={() => void agree()}>
            {t('assistant.consent.agree')}
          </Button>
          <Button onClick={decline}>{t('assistant.consent.notNow')}</Button>
        </div>
      </div>
      <div className={styles.request}>
        <h4>{t('assistant.consent.exactly')}</h4>
        {answer.said === undefined ? null : <p role="alert">{answer.said}</p>}
        {answer.request ? <RequestView request={answer.request} /> : null}
      </div>
    </div>
  )
}
