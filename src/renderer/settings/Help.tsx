import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt, restart } from '../actions'
import { api } from '../api'
import { BundleDialog, copyDiagnostics } from '../diagnostics'
import { useStudio } from '../state/studio'
import { Button } from '../ui'
import { Row, Section } from './Section'

/** How many dumps of crashes there are, looked up when the group is shown. */
function useDumps(): number {
  const [dumps, setDumps] = useState(0)
  useEffect(() => {
    let gone = false
    api.diagnostics.report().then(
      (report) => {
        if (!gone) setDumps(report.dumps)
      },
      // Told when it is asked for by a button.
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [])
  return dumps
}

/** What to hand to somebody who helps, and the way to start when something will not. */
export function Help() {
  const { t } = useTranslation()
  const info = useStudio((studio) => studio.info)
  const [open, setOpen] = useState(false)
  const dumps = useDumps()
  const safe = (info?.safeMode ?? null) !== null
  return (
    <Section title={t('settings.help.title')}>
      <Row
        title={t('settings.help.version', { version: info?.version ?? '' })}
        hint={t('settings.help.copyHint')}
      >
        <Button onClick={() => void copyDiagnostics()}>{t('settings.help.copy')}</Button>
      </Row>
      <Row title={t('diagnostics.export')} hint={t('settings.help.exportHint')}>
        <Button onClick={() => setOpen(true)}>{t('settings.help.export')}</Button>
      </Row>
      <Row title={t('settings.help.logs')} hint={t('settings.help.logsHint')}>
        {info?.capabilities.reveal ? (
          <Button onClick={() => void attempt(() => api.diagnostics.openLogs())}>
            {t('settings.help.openLogs')}
          </Button>
        ) : null}
      </Row>
      <Row title={t('settings.help.safe')} hint={t(safe ? 'settings.help.isSafe' : 'settings.help.safeHint')}>
        <Button onClick={() => void restart(!safe)}>{t(safe ? 'safeMode.leave' : 'safeMode.enter')}</Button>
      </Row>
      <BundleDialog open={open} dumps={dumps} close={() => setOpen(false)} />
    </Section>
  )
}
