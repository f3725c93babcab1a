import type { ModelInfo, SecretInfo } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { NumberField, TextField } from '../ui'
import { change, draftTest, setSetting, useEditor, type Draft } from './draft'
import styles from './Editor.module.css'
import { applies, settingFields, type SettingField } from './fields'
import { SettingControl } from './SettingControl'
import { waitingFor } from './useAskedAgain'
import type { Local } from './useLocal'
import { useTests } from './testing'
import { signInOf } from './words'

/** What every part of the form is given. */
export interface FormParts {
  draft: Draft
  /** What is known of the secrets that are kept. */
  kept: readonly SecretInfo[]
  errorAt: (path: readonly (string | number)[]) => string | undefined
  /** Why the last save did not get its secrets kept, `keychain.…`. */
  refused: string | null
  /** What this computer offers for signing in; null until it is known. */
  local: Local | null
}

/** What the connection is called. */
export function Label({ draft, errorAt }: FormParts) {
  const { t } = useTranslation()
  return (
    <TextField
      label={t('connections.editor.label')}
      hint={t('connections.editor.labelHint')}
      maxLength={80}
      value={draft.label}
      error={errorAt(['label'])}
      onChange={(label) => change({ label }, ['label'])}
    />
  )
}

/** Those settings that are asked for here and that the others call for. */
export function Settings({
  draft,
  errorAt,
  local,
  only,
}: FormParts & { only: (field: SettingField) => boolean }) {
  const form = draft.provider.connection
  const fields = settingFields(form.settings)
  const asked = useEditor((state) => state.asked)
  const waiting = waitingFor(draft, asked)
  return (
    <div className={styles.fields}>
      {fields
        .filter((field) => only(field) && applies(field.when, fields, draft.settings))
        .map((field) => (
          <SettingControl
            key={field.name}
            field={field}
            settings={draft.settings}
            errorAt={errorAt}
            local={local}
            keyAgain={field.name === waiting}
            onChange={(value) => {
              setSetting(field.name, value)
              // A test of another kind of account says nothing of this one.
              if (field.control === 'choice') useTests.getState().clear(draftTest)
            }}
          />
        ))}
    </div>
  )
}

/** Which variables of the environment may decide who signs in, and which do not. */
export function Environment({ draft, local }: FormParts) {
  const { t } = useTranslation()
  if (local === null) return null
  const { deciding, ignored } = local.environment
  const own = signInOf(draft.provider.connection, draft.settings) === 'default'
  const left = own ? ignored : [...deciding, ...ignored].sort()
  return (
    <>
      {own && deciding.length > 0 ? (
        <p className={styles.hint}>
          {t('connections.editor.environmentUsed', { names: deciding.join(', ') })}
        </p>
      ) : null}
      {left.length > 0 ? (
        <p className={styles.hint}>
          {t('connections.editor.environmentIgnored', { names: left.join(', ') })}
        </p>
      ) : null}
    </>
  )
}

const microsPerUnit = 1_000_000

/** What a provider's models are paid in; dollars where no price is known. */
export function currencyOf(models: readonly ModelInfo[]): string {
  return models.find(({ price }) => !['free', 'unknown'].includes(price.unit))?.price.currency ?? 'USD'
}

/** How many jobs at a time, and how much in a month. */
export function Limits({ draft, errorAt }: FormParts) {
  const { t } = useTranslation()
  const { concurrency, budget } = draft
  // What makes no videos has no jobs to limit.
  if (draft.provider.models.length === 0) return null
  const currency = budget?.currency ?? currencyOf(draft.provider.models)
  const wrong = (place: string) => {
    const error = errorAt([place])
    return error === undefined ? {} : { error }
  }
  return (
    <div className={styles.pair}>
      <NumberField
        label={t('connections.editor.concurrency')}
        placeholder={t('connections.editor.asModel')}
        value={concurrency}
        min={1}
        max={50}
        step={1}
        {...wrong('concurrency')}
        onChange={(value) => change({ concurrency: value }, ['concurrency'])}
      />
      <NumberField
        label={t('connections.editor.budget')}
        placeholder={t('connections.editor.noBudget')}
        unit={currency}
        value={budget === null ? null : budget.micros / microsPerUnit}
        min={0}
        max={1_000_000}
        step={5}
        {...wrong('budget')}
        onChange={(value) =>
          change(
            {
              budget: value === null ? null : { micros: Math.round(value * microsPerUnit), currency },
            },
            ['budget'],
          )
        }
      />
    </div>
  )
}
