import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui'
import styles from './JsonText.module.css'

/** A button that copies a text and says for a moment that it did. */
export function CopyButton({ text, label, size = 's' }: { text: string; label: string; size?: 's' | 'm' }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    window.setTimeout(() => setCopied(false), 1600)
  }
  return (
    <IconButton
      size={size}
      label={copied ? t('inspector.copied') : label}
      icon={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
      onClick={() => void copy()}
    />
  )
}

/** A value as indented JSON that can be selected and copied. */
export function JsonText({ value, label }: { value: unknown; label: string }) {
  const { t } = useTranslation()
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <div className={styles.json}>
      <pre className={`${styles.text} selectable`} tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <div className={styles.copy}>
        <CopyButton text={text} label={t('inspector.copy')} />
      </div>
    </div>
  )
}
