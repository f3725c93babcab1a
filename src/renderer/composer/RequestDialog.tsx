import { Tabs } from '@base-ui/react/tabs'
import type { JobPreview, JobRequest } from '@shared/contract'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, problemOf } from '../api'
import { RequestView } from '../inspector/RequestView'
import { requestsOf, useComposer } from '../state/composer'
import { connectionIdFor } from '../state/connections'
import { useStudio } from '../state/studio'
import { Dialog } from '../ui'
import tabs from './MoreChip.module.css'
import styles from './RequestDialog.module.css'

/** The exact requests that a press on Generate would send. Nothing is sent. */
export function RequestDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={t('composer.request.title')}
      description={t('composer.request.description')}
      width={680}
    >
      <Requests />
    </Dialog>
  )
}

function Requests() {
  const { t } = useTranslation()
  const models = useStudio((state) => state.models)
  const [requests] = useState(() => requestsOf(useComposer.getState(), connectionIdFor))
  if (requests.length === 0) return <p className={styles.said}>{t('composer.block.models')}</p>
  return (
    <Tabs.Root defaultValue={requests[0]?.model}>
      {requests.length > 1 ? (
        <Tabs.List className={tabs.tabs}>
          {requests.map(({ model }) => (
            <Tabs.Tab key={model} value={model} className={tabs.tab ?? ''}>
              {models[model]?.label ?? model}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      ) : null}
      {requests.map((request) => (
        <Tabs.Panel key={request.model} value={request.model} className={styles.page} tabIndex={-1}>
          <OneRequest request={request} />
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}

function OneRequest({ request }: { request: JobRequest }) {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<{ preview?: JobPreview; said?: string[] }>({})
  useEffect(() => {
    const controller = new AbortController()
    api.jobs.preview(request, { signal: controller.signal }).then(
      (preview) => setAnswer({ preview }),
      (error: unknown) => {
        if (controller.signal.aborted) return
        const { title, issues } = problemOf(error)
        setAnswer({ said: issues.length > 0 ? issues.map((issue) => issue.text) : [title] })
      },
    )
    return () => controller.abort()
  }, [request])

  if (answer.said) {
    return answer.said.map((text) => (
      <p key={text} className={styles.said} role="alert">
        {text}
      </p>
    ))
  }
  if (!answer.preview) return <div className={styles.waiting} />
  const { count, request: wire } = answer.preview
  return (
    <>
      <RequestView request={wire} />
      {count > 1 ? <p className={styles.times}>{t('composer.request.times', { count })}</p> : null}
    </>
  )
}
