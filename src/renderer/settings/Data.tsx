import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStudio } from '../state/studio'
import { IconButton, toast } from '../ui'
import { Row, Section } from './Section'
import styles from './Settings.module.css'

function useCopy(): (text: string) => void {
  const { t } = useTranslation()
  return (text) => {
    navigator.clipboard.writeText(text).then(
      () => toast({ title: t('settings.data.copied') }),
      () => toast({ title: t('settings.data.notCopied'), tone: 'error' }),
    )
  }
}

function exampleFor(dataFolder: string): string {
  const origin = location.origin
  return [
    `TOKEN=$(sed -n 's/.*"token": *"\\([^"]*\\)".*/\\1/p' '${dataFolder}/server.json')`,
    `curl -H "Authorization: Bearer $TOKEN" ${origin}/api/jobs`,
  ].join('\n')
}

function Api({ dataFolder }: { dataFolder: string }) {
  const { t } = useTranslation()
  const copy = useCopy()
  if (window.dailies !== undefined) {
    return <Row title={t('settings.data.api')} hint={t('settings.data.apiDesktop')} />
  }
  const example = exampleFor(dataFolder)
  return (
    <Row title={t('settings.data.api')} hint={t('settings.data.apiHint')} wide>
      <div className={styles.code}>
        <pre className="selectable">{example}</pre>
        <IconButton
          size="s"
          label={t('settings.data.copy')}
          icon={<IconCopy size={15} />}
          onClick={() => copy(example)}
        />
      </div>
    </Row>
  )
}

/** Where Dailies keeps its own files, and how scripts reach it. */
export function Data() {
  const { t } = useTranslation()
  const folder = useStudio((studio) => studio.info?.dataFolder ?? null)
  const copy = useCopy()
  return (
    <Section title={t('settings.data.title')}>
      <Row
        title={t('settings.data.folder')}
        hint={
          folder === null ? (
            <span className={styles.pending} />
          ) : (
            <>
              <span className={`${styles.path} selectable`}>{folder}</span>
              <br />
              {t('settings.data.folderHint')}
            </>
          )
        }
      >
        {folder === null ? null : (
          <IconButton
            label={t('settings.data.copyPath')}
            icon={<IconCopy size={16} />}
            onClick={() => copy(folder)}
          />
        )}
      </Row>
      {folder === null ? null : <Api dataFolder={folder} />}
    </Section>
  )
}
