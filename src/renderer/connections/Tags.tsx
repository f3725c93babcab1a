import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton, TextField } from '../ui'
import styles from './Editor.module.css'
import type { Tag } from './fields'

interface TagsProps {
  label: string
  hint: string | undefined
  tags: readonly Tag[]
  errorAt: (path: readonly (string | number)[]) => string | undefined
  onChange: (tags: Tag[] | undefined) => void
}

/** Pairs of words, each on a line. */
export function Tags({ label, hint, tags, errorAt, onChange }: TagsProps) {
  const { t } = useTranslation()
  const set = (at: number, patch: Partial<Tag>) =>
    onChange(tags.map((tag, place) => (place === at ? { ...tag, ...patch } : tag)))
  return (
    <div className={styles.choice} role="group" aria-label={label}>
      <span className={styles.label}>{label}</span>
      {tags.map((tag, at) => (
        // A tag is known by its place alone while its words are being written.
        <div key={at} className={styles.tag}>
          <TextField
            bare
            label={t('connections.tags.key', { number: at + 1 })}
            placeholder={t('connections.tags.keyHint')}
            value={tag.key}
            error={errorAt([at, 'key'])}
            onChange={(key) => set(at, { key })}
          />
          <TextField
            bare
            label={t('connections.tags.value', { number: at + 1 })}
            placeholder={t('connections.tags.valueHint')}
            value={tag.value}
            error={errorAt([at, 'value'])}
            onChange={(value) => set(at, { value })}
          />
          <IconButton
            label={t('connections.tags.remove', { number: at + 1 })}
            icon={<IconX size={15} />}
            onClick={() => {
              const left = tags.filter((_, place) => place !== at)
              onChange(left.length === 0 ? undefined : left)
            }}
          />
        </div>
      ))}
      <div>
        <Button
          size="s"
          icon={<IconPlus size={14} />}
          onClick={() => onChange([...tags, { key: '', value: '' }])}
        >
          {t('connections.tags.add')}
        </Button>
      </div>
      {hint === undefined ? null : <p className={styles.hint}>{hint}</p>}
    </div>
  )
}
