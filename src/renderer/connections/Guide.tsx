import { IconCheck } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { draftTest, typedSecrets } from './draft'
import { DraftTest } from './DraftTest'
import styles from './Editor.module.css'
import { More } from './Form'
import { secretFields, settingFields, valueOf } from './fields'
import type { guides } from './guides'
import { Environment, Label, Limits, Settings, type FormParts } from './parts'
import { Policy } from './Policy'
import { Secrets } from './Secrets'
import { resultOf, useTests } from './testing'
import { signInOf } from './words'

interface StepProps {
  number: number
  title: string
  text: string
  done: boolean
  children?: ReactNode
}

/** One step: its number, or a mark once it is done; what to do; the fields for it. */
function Step({ number, title, text, done, children }: StepProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <li className={styles.step} aria-labelledby={id} data-done={done ? '' : undefined}>
      <span className={styles.number} aria-hidden="true">
        {done ? <IconCheck size={14} stroke={2.4} /> : number}
      </span>
      <div className={styles.stepBody}>
        <h2 id={id} className={styles.stepTitle}>
          {title}
          {done ? <span className="sr-only">{` (${t('connections.guide.done')})`}</span> : null}
        </h2>
        <p className={styles.text}>{text}</p>
        {children}
      </div>
    </li>
  )
}

const named =
  (...names: string[]) =>
  ({ name }: { name: string }) =>
    names.includes(name)

/** The first connection step by step: sign-in, bucket, rights, keys, test. */
export function Guide({ name, ...parts }: FormParts & { name: NonNullable<(typeof guides)[string]> }) {
  const { t } = useTranslation()
  const { draft, kept } = parts
  const form = draft.provider.connection
  const run = useTests((state) => state.runs[draftTest])
  const fields = settingFields(form.settings)
  const has = (field: string) => {
    const own = fields.find((known) => known.name === field)
    const value = own ? valueOf(own, draft.settings) : undefined
    return typeof value === 'string' && value.trim() !== ''
  }
  const signIn = signInOf(form, draft.settings)
  const way = signIn === 'profile' || signIn === 'default' ? signIn : 'keys'
  const typed = typedSecrets(draft)
  const needed = secretFields(form, draft.settings).filter((secret) => secret.required)
  const keyed = needed.every(
    (secret) =>
      typed[secret.name] !== undefined || kept.some((own) => own.name === secret.name && own.configured),
  )
  const signedIn = way === 'keys' ? keyed : way === 'profile' ? has('profile') : true
  const works = run !== undefined && ['ok', 'unsure'].includes(resultOf(run))
  const words = (step: 'signIn' | 'bucket' | 'policy' | 'test') => ({
    title: t(`connections.guide.${name}.${step}.title`),
    text: t(`connections.guide.${name}.${step}.text`),
  })

  return (
    <>
      <p className={styles.lead}>{t(`connections.guide.${name}.lead`)}</p>
      <ol className={styles.steps}>
        <Step number={1} {...words('signIn')} done={signedIn}>
          <Settings {...parts} only={named('signIn')} />
          <p className={styles.text}>{t(`connections.guide.${name}.way.${way}`)}</p>
          <Environment {...parts} />
        </Step>
        <Step number={2} {...words('bucket')} done={has('bucket')}>
          <Settings {...parts} only={named('region', 'bucket', 'prefix')} />
        </Step>
        <Step number={3} {...words('policy')} done={works}>
          <Policy provider={draft.provider} settings={draft.settings} />
        </Step>
        <Step
          number={4}
          title={t(`connections.guide.${name}.keys.title.${way}`)}
          text={t(`connections.guide.${name}.keys.${way}`)}
          done={signedIn}
        >
          <Settings {...parts} only={named('profile')} />
          <Secrets {...parts} />
        </Step>
        <Step number={5} {...words('test')} done={works}>
          <DraftTest draft={draft} />
        </Step>
      </ol>
      <section className={styles.panel}>
        <Label {...parts} />
        <Limits {...parts} />
        <More {...parts} />
      </section>
    </>
  )
}
