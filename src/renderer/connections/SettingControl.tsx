import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberField, Segmented, Select, Switch, TextField } from '../ui'
import styles from './Editor.module.css'
import { tagsOf, valueOf, type SettingField } from './fields'
import { HostingChoice } from './HostingChoice'
import { Tags } from './Tags'
import type { Local } from './useLocal'
import { choiceName, fieldHint, fieldName } from './words'

/** Up to this many choices stand side by side. */
const fewChoices = 3

interface SettingControlProps {
  field: SettingField
  settings: Readonly<Record<string, unknown>>
  /** The sentence about what is wrong with it, by the place below the setting. */
  errorAt: (path: readonly (string | number)[]) => string | undefined
  local: Local | null
  /** It names another address now, and the key for that is not entered yet. */
  keyAgain: boolean
  onChange: (value: unknown) => void
}

/** One setting of a connection, drawn as its description asks, with what is wrong with it beneath. */
export function SettingControl({ field, settings, errorAt, local, keyAgain, onChange }: SettingControlProps) {
  const { t } = useTranslation()
  const label = fieldName(field.title)
  const hint = keyAgain ? (
    <span className={styles.going}>{t('connections.secret.again')}</span>
  ) : (
    fieldHint(field.title)
  )
  const value = valueOf(field, settings)
  const text = typeof value === 'string' ? value : ''
  const error = errorAt(['settings', field.name])
  const wrong = error === undefined ? {} : { error }

  switch (field.control) {
    case 'choice': {
      const options = field.options.map((option) => ({
        value: option,
        label: choiceName(field.title, option),
      }))
      const control = { label, value: text, options, onChange }
      return (
        <div className={styles.choice}>
          <span className={styles.label}>{label}</span>
          {options.length <= fewChoices ? <Segmented {...control} /> : <Select {...control} />}
          <Below hint={hint} error={error} />
        </div>
      )
    }
    case 'switch':
      return (
        <div className={styles.choice}>
          <Switch label={label} checked={value === true} onChange={onChange} />
          <Below hint={hint} error={error} />
        </div>
      )
    case 'number':
      return (
        <NumberField
          label={label}
          value={typeof value === 'number' ? value : null}
          min={field.min}
          max={field.max}
          step={1}
          {...(field.unit === null ? {} : { unit: field.unit })}
          {...wrong}
          onChange={(now) => onChange(now ?? undefined)}
        />
      )
    case 'tags':
      return (
        <Tags
          label={label}
          hint={fieldHint(field.title)}
          tags={tagsOf(value)}
          errorAt={(path) => errorAt(['settings', field.name, ...path])}
          onChange={onChange}
        />
      )
    case 'profile': {
      const found = local?.profiles ?? []
      if (found.length > 0) {
        const options = found.map((profile) => ({
          value: profile.name,
          label: profile.name,
          hint: [textOfKind(profile.kind), profile.region].filter(Boolean).join(' · '),
        }))
        const gone = text !== '' && !found.some((profile) => profile.name === text)
        return (
          <div className={styles.choice}>
            <span className={styles.label}>{label}</span>
            <Select
              label={label}
              value={text}
              options={[
                ...(text === '' ? [{ value: '', label: t('connections.editor.chooseProfile') }] : []),
                ...(gone ? [{ value: text, label: text, hint: t('connections.editor.profileGone') }] : []),
                ...options,
              ]}
              onChange={onChange}
            />
            <Below hint={hint} error={error} />
          </div>
        )
      }
      return (
        <TextField
          label={label}
          value={text}
          hint={local === null ? hint : t('connections.editor.noProfiles')}
          error={error}
          onChange={onChange}
        />
      )
    }
    case 'hosting':
      return (
        <div className={styles.choice}>
          <span className={styles.label}>{label}</span>
          <HostingChoice label={label} value={text} onChange={onChange} />
          <Below hint={hint} error={error} />
        </div>
      )
    case 'text':
      return (
        <TextField
          label={label}
          value={text}
          hint={hint}
          error={error}
          {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
          onChange={onChange}
        />
      )
  }
}

function textOfKind(kind: string): string {
  return choiceName('profileKind', kind)
}

function Below({ hint, error }: { hint: ReactNode; error: string | undefined }) {
  if (error !== undefined) {
    return (
      <p className={styles.error} role="alert">
        {error}
      </p>
    )
  }
  return hint === undefined ? null : <p className={styles.hint}>{hint}</p>
}
