import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui'
import styles from './Inspector.module.css'
import { CopyButton } from './JsonText'
import { Section } from './Section'

/** A job's prompt: to be selected, copied, and unfolded when it is long. */
export function PromptText({ prompt }: { prompt: string }) {
  const { t } = useTranslation()
  const text = useRef<HTMLParagraphElement>(null)
  const [long, setLong] = useState(false)
  const [open, setOpen] = useState(false)
  useLayoutEffect(() => {
    const element = text.current
    if (!element || open) return undefined
    const watch = new ResizeObserver(() => setLong(element.scrollHeight > element.clientHeight + 1))
    watch.observe(element)
    return () => watch.disconnect()
  }, [open])

  if (prompt.trim() === '') return null
  return (
    <Section
      title={t('inspector.prompt.title')}
      aside={<CopyButton text={prompt} label={t('actions.copyPrompt')} />}
    >
      <p ref={text} className={`${styles.prompt} selectable`} dir="auto" data-open={open ? '' : undefined}>
        {prompt}
      </p>
      {long ? (
        <Button variant="quiet" size="s" className={styles.unfold ?? ''} onClick={() => setOpen(!open)}>
          {t(open ? 'inspector.prompt.less' : 'inspector.prompt.more')}
        </Button>
      ) : null}
    </Section>
  )
}
