import { IconCircleCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useComposer } from '../state/composer'
import { Button, IconButton } from '../ui'
import { stopTelling, takeBack, useReplaced } from './accept'
import styles from './Panel.module.css'

/** Says that the prompt was replaced, with the way back, for as long as nothing was typed into it since. */
export function ReplacedNote() {
  const { t } = useTranslation()
  const { replaced, told } = useReplaced()
  const prompt = useComposer((state) => state.prompt)
  const there = told && replaced.at(-1)?.after === prompt
  return (
    <div role="status" className={styles.replaced} data-there={there ? '' : undefined}>
      {there ? (
        <>
          <IconCircleCheck size={16} className={styles.done} />
          <span className={styles.grow}>{t('assistant.replaced')}</span>
          <Button size="s" onClick={takeBack}>
            {t('ui.undo')}
          </Button>
          <IconButton size="s" label={t('ui.dismiss')} icon={<IconX size={14} />} onClick={stopTelling} />
        </>
      ) : null}
    </div>
  )
}
