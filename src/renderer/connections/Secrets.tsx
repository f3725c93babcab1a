import type { SecretInfo } from '@shared/contract'
import type { ClipboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useConnections } from '../state/connections'
import { Button, Segmented, TextField } from '../ui'
import { change, forgetSecret, leaveSecret, save, setSecrets, useEditor, type Draft } from './draft'
import styles from './Editor.module.css'
import { secretFields } from './fields'
import { KeychainNotice } from './Keychain'
import { pastedSecrets } from './pasted'
import { fieldHint, fieldName, masked } from './words'

interface SecretsProps {
  draft: Draft
  kept: readonly SecretInfo[]
  errorAt: (path: readonly (string | number)[]) => string | undefined
  /** Why the last save did not get its secrets kept, `keychain.…`. */
  refused: string | null
}

type Field = ReturnType<typeof secretFields>[number]

/** A secret that is kept: that it is there, and what may be done with it. Its value is never here. */
function Kept({ field, info, forgotten }: { field: Field; info: SecretInfo; forgotten: boolean }) {
  const { t } = useTranslation()
  const name = fieldName(field.title)
  return (
    <div className={styles.kept} role="group" aria-label={name}>
      <span className={styles.label}>{name}</span>
      <div className={styles.keptLine}>
        {forgotten ? (
          <>
            <span className={styles.going}>{t('connections.secret.going')}</span>
            <Button size="s" onClick={() => leaveSecret(field.name)}>
              {t('connections.secret.keep')}
            </Button>
          </>
        ) : (
          <>
            <span>
              {info.last4 === null
                ? t('connections.secret.configured')
                : t('connections.secret.ends', { end: masked(info.last4) })}
              {info.kept === 'session' ? (
                <span className={styles.aside}>{` · ${t('connections.forSession')}`}</span>
              ) : null}
            </span>
            <Button size="s" onClick={() => setSecrets({ [field.name]: '' })}>
              {t('connections.secret.replace')}
            </Button>
            <Button size="s" variant="quiet" onClick={() => forgetSecret(field.name)}>
              {t('connections.secret.forget')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}

/** Where the secrets go; offered plainly where there is no keychain to go to. */
function Keep({ draft, refused }: { draft: Draft; refused: string | null }) {
  const { t } = useTranslation()
  const keychain = useConnections((state) => state.keychain)
  const session = draft.keep === 'session'
  if (keychain === 'ready' && refused === null) {
    return (
      <div className={styles.choice}>
        <span className={styles.label}>{t('connections.keep.label')}</span>
        <Segmented
          label={t('connections.keep.label')}
          value={draft.keep}
          options={[
            { value: 'keychain', label: t('connections.keep.keychain') },
            { value: 'session', label: t('connections.keep.session') },
          ]}
          onChange={(keep) => change({ keep }, ['keep'])}
        />
        <p className={styles.hint}>
          {t(session ? 'connections.keep.sessionHint' : 'connections.keep.keychainHint')}
        </p>
      </div>
    )
  }
  return (
    <KeychainNotice refused={refused}>
      {session && refused === null ? (
        <>
          <span>{t('connections.keep.sessionHint')}</span>
          <Button size="s" onClick={() => change({ keep: 'keychain' }, ['keep'])}>
            {t('connections.keep.useKeychain')}
          </Button>
        </>
      ) : (
        <>
          {refused === null ? null : (
            <Button size="s" data-offer="" onClick={() => void save()}>
              {t('connections.keep.again')}
            </Button>
          )}
          <Button
            size="s"
            onClick={() => {
              // What was refused for want of a keychain goes through now; else only the choice is made.
              if (refused === null) change({ keep: 'session' }, ['keep'])
              else void save({ keep: 'session' })
            }}
          >
            {t('connections.keep.offer')}
          </Button>
          <span className={styles.hint}>{t('connections.keep.offerHint')}</span>
        </>
      )}
    </KeychainNotice>
  )
}

/** The secrets that the sign-in calls for: typed or pasted here, and never shown again. */
export function Secrets({ draft, kept, errorAt, refused }: SecretsProps) {
  const { t } = useTranslation()
  const fields = secretFields(draft.provider.connection, draft.settings)
  const asked = useEditor((state) => state.asked)
  if (fields.length === 0) return null
  const names = new Set(fields.map((field) => field.name))

  const paste = (event: ClipboardEvent) => {
    const found = Object.entries(pastedSecrets(event.clipboardData.getData('text')) ?? {})
    const wanted = found.filter(([name]) => names.has(name))
    if (wanted.length === 0) return
    event.preventDefault()
    setSecrets(Object.fromEntries(wanted))
  }

  return (
    <div className={styles.fields}>
      <p className="sr-only" role="status">
        {asked.length === 0 ? '' : t('connections.secret.again')}
      </p>
      {fields.map((field) => {
        const info = kept.find((secret) => secret.name === field.name && secret.configured)
        const typed = draft.secrets[field.name]
        const error = errorAt(['secrets', field.name])
        const forgotten = draft.forgotten.includes(field.name)
        const again = !forgotten && asked.some(({ name }) => name === field.name)
        if (info && typed === undefined && error === undefined && !again) {
          return <Kept key={field.name} field={field} info={info} forgotten={forgotten} />
        }
        return (
          <div key={field.name} className={styles.typed}>
            <TextField
              className={styles.grow ?? ''}
              type="password"
              autoComplete="new-password"
              label={fieldName(field.title)}
              placeholder={field.required ? undefined : t('connections.secret.optional')}
              value={typed ?? ''}
              error={error}
              hint={
                again ? (
                  <span className={styles.going}>
                    {t(field.required ? 'connections.secret.again' : 'connections.secret.againOptional')}
                  </span>
                ) : field === fields[0] && fields.length > 1 ? (
                  t('connections.secret.paste')
                ) : (
                  fieldHint(field.title)
                )
              }
              onPaste={paste}
              onChange={(value) => {
                // Empty again, it is as if nothing had been typed: it goes back to what is kept with the address.
                if (again && value === '') leaveSecret(field.name)
                else setSecrets({ [field.name]: value })
              }}
            />
            {info && !again ? (
              <Button onClick={() => leaveSecret(field.name)}>{t('connections.secret.leave')}</Button>
            ) : null}
          </div>
        )
      })}
      <Keep draft={draft} refused={refused} />
    </div>
  )
}
