import type { DiagnosticsChoice, SupportBundle } from '@shared/contract'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, problemOf } from '../api'
import { bytes } from '../format'
import { Button, Checkbox, Dialog } from '../ui'
import styles from './BundleDialog.module.css'
import { saveBundle } from './bundle'

const nothing: DiagnosticsChoice = { prompts: false, records: false, dumps: false }

interface Made {
  choice: DiagnosticsChoice
  bundle: SupportBundle | null
  problem: string | null
}

/** What a choice comes to: packed anew with each change, so that what is shown is what is written. */
function useBundle(choice: DiagnosticsChoice): Omit<Made, 'choice'> {
  const [made, setMade] = useState<Made | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    api.diagnostics.prepare(choice, { signal: stop.signal }).then(
      (bundle) => {
        if (!stop.signal.aborted) setMade({ choice, bundle, problem: null })
      },
      (reason: unknown) => {
        if (!stop.signal.aborted) setMade({ choice, bundle: null, problem: problemOf(reason).title })
      },
    )
    return () => stop.abort()
  }, [choice])
  // What was made for an earlier choice is not what would be written.
  return made?.choice === choice ? made : { bundle: null, problem: null }
}

function Bundle({ dumps, close }: { dumps: number; close: () => void }) {
  const { t } = useTranslation()
  const [choice, setChoice] = useState(nothing)
  const { bundle, problem } = useBundle(choice)
  const tick = (name: keyof DiagnosticsChoice) => ({
    checked: choice[name],
    onChange: (on: boolean) => setChoice({ ...choice, [name]: on }),
  })
  return (
    <div className={styles.bundle}>
      <Checkbox label={t('diagnostics.prompts')} {...tick('prompts')} />
      <Checkbox label={t('diagnostics.records')} {...tick('records')} />
      {dumps === 0 ? null : <Checkbox label={t('diagnostics.dumps', { count: dumps })} {...tick('dumps')} />}
      <div className={styles.files}>
        {bundle === null ? (
          <p role="status">{problem ?? t('diagnostics.packing')}</p>
        ) : (
          <ul aria-label={t('diagnostics.inside')} tabIndex={0}>
            {bundle.files.map((file) => (
              <li key={file.name}>
                <span>{file.name}</span>
                <span className="tabular">{bytes(file.bytes)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <footer className={styles.foot}>
        <p role="status">
          {bundle === null
            ? ''
            : t('diagnostics.sum', { count: bundle.files.length, size: bytes(bundle.bytes) })}
        </p>
        <Button onClick={close}>{t('ui.cancel')}</Button>
        <Button
          variant="primary"
          disabled={bundle === null}
          onClick={() => {
            if (bundle !== null)
              void saveBundle(bundle).then((saved) => {
                if (saved) close()
              })
          }}
        >
          {t('diagnostics.save')}
        </Button>
      </footer>
    </div>
  )
}

/** What a support bundle is to hold, what is in it, and the way to save it. */
export function BundleDialog({ open, dumps, close }: { open: boolean; dumps: number; close: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onOpenChange={(now) => {
        if (!now) close()
      }}
      title={t('diagnostics.export')}
      description={t('diagnostics.exportBody')}
      width={560}
    >
      {open ? <Bundle dumps={dumps} close={close} /> : null}
    </Dialog>
  )
}
