import { longestTemplate, placeholders, templateFault } from '@shared/nameTemplate'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../messages'
import { useSettings } from '../state/settings'
import { Chip, TextField } from '../ui'
import { exampleOf } from './nameTemplate'
import { Row } from './Section'
import styles from './Settings.module.css'

const SAMPLE_ID = '0193'

function useSample() {
  const { t } = useTranslation()
  const [now] = useState(() => new Date())
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    date: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
    time: `${two(now.getHours())}-${two(now.getMinutes())}-${two(now.getSeconds())}`,
    model: 'Animatic',
    words: t('settings.template.words'),
    seed: '42',
    id: SAMPLE_ID,
  }
}

/** The template of file names, with what it makes of an example. */
export function NameTemplate() {
  const { t } = useTranslation()
  const kept = useSettings((state) => state.settings.nameTemplate)
  const set = useSettings((state) => state.set)
  const [typed, setTyped] = useState<string | null>(null)
  const sample = useSample()
  const template = typed ?? kept
  const fault = templateFault(template)
  const save = async () => {
    if (typed === null || fault !== null) return
    if (typed === kept || (await set({ nameTemplate: typed }))) setTyped(null)
  }
  return (
    <Row title={t('settings.template.title')} hint={t('settings.template.hint')} wide>
      <TextField
        label={t('settings.template.title')}
        bare
        value={template}
        maxLength={longestTemplate}
        onChange={setTyped}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) void save()
          if (event.key === 'Escape') setTyped(null)
        }}
        hint={
          <span className={styles.path}>
            {sample.date.slice(0, 7)}/{exampleOf(template, sample)}
          </span>
        }
        error={fault === null ? undefined : problemText(fault.key, fault.values)?.message}
      />
      <div className={styles.chips}>
        {placeholders.map((name) => (
          <Chip
            key={name}
            aria-label={t('settings.template.add', { name: t(`settings.template.names.${name}`) })}
            onClick={() => {
              const next = `${template.trimEnd()} {${name}}`.trimStart().slice(0, longestTemplate)
              setTyped(next)
              if (templateFault(next) === null)
                void set({ nameTemplate: next }).then((ok) => ok && setTyped(null))
            }}
          >
            {t(`settings.template.names.${name}`)}
          </Chip>
        ))}
      </div>
    </Row>
  )
}
