import type { Connection, ShotsWish } from '@shared/contract'
import { IconFileText } from '@tabler/icons-react'
import { useId, useMemo, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api'
import { pickFiles } from '../composer/pickImages'
import { sentences } from '../messages'
import { yesTo } from '../money'
import { useAssistant } from '../state/assistant'
import { makeShots, readBrief, useShots } from '../state/assistant/shots'
import { useComposer } from '../state/composer'
import { Button, NumberField, TextField } from '../ui'
import { withConsent } from './agreement'
import { EstimateLine } from './EstimateLine'
import styles from './Shots.module.css'
import { samplingFor } from '../state/assistant/sampling'
import { SamplingChoice } from './SamplingChoice'
import { StyleChoice } from './StyleChoice'
import { approvalOf, useEstimate } from './useEstimate'
import { useModel } from './useModel'

const shotsEstimate = (wish: ShotsWish, signal: AbortSignal) =>
  api.assistant.estimateShots({ ...wish, exact: false }, { signal })

/** The wish for a list as it stands; null where something is missing. */
function useShotsWish(account: Connection): { wish: ShotsWish | null; lack: 'brief' | 'sampling' | null } {
  const { brief, shotCount, shotSeconds, styleId, samplings } = useAssistant()
  const targets = useComposer((state) => state.models)
  const { model } = useModel(account.id)
  return useMemo(() => {
    const sampling = model === null ? undefined : samplingFor({ styleId, samplings }, model)
    const lack = brief.trim() === '' ? 'brief' : sampling === null ? 'sampling' : null
    if (model === null || lack !== null) return { wish: null, lack }
    const wish = {
      connectionId: account.id,
      model: model.id,
      targets,
      text: brief,
      ...(shotCount === null ? {} : { count: shotCount }),
      ...(shotSeconds === null ? {} : { seconds: shotSeconds }),
      ...(styleId === null ? {} : { styleId }),
      ...(sampling ? { sampling } : {}),
    }
    return { wish, lack }
  }, [account.id, model, targets, brief, shotCount, shotSeconds, styleId, samplings])
}

/** The brief: typed, pasted, from a file, or from S3; how many shots, what it costs, and the way to the list. */
export function Brief({ account }: { account: Connection }) {
  const { t } = useTranslation()
  const id = useId()
  const { brief, briefName, shotCount, shotSeconds, shots } = useAssistant()
  const { reading, unread, making, refusal: refused } = useShots()
  const { wish, lack } = useShotsWish(account)
  const refusal = refused?.of === JSON.stringify(wish) ? refused : null
  const estimated = useEstimate(making ? null : wish, shotsEstimate)
  const { estimate, fresh } = estimated
  const approved =
    refusal?.kind === 'money'
      ? yesTo(refusal.money, undefined)
      : estimate && fresh
        ? approvalOf(estimate)
        : undefined
  const over = approved !== undefined
  const load = async () => {
    const [file] = await pickFiles('.txt,.md,.markdown,.pdf,text/plain,text/markdown,application/pdf', 1)
    if (file) await readBrief({ file })
  }
  const make = () => {
    if (wish === null) return
    withConsent({ kind: 'shots', wish, run: () => void makeShots(wish, approved) })
  }
  const number = (value: number | null, most: number) =>
    value === null ? null : Math.min(most, Math.max(1, Math.round(value)))
  return (
    <section className={styles.brief} aria-label={t('assistant.brief.title')}>
      <div className={styles.bar}>
        <label htmlFor={id}>
          {briefName === null ? t('assistant.brief.title') : t('assistant.brief.from', { name: briefName })}
        </label>
        <Button size="s" variant="quiet" icon={<IconFileText size={15} />} onClick={() => void load()}>
          {t('assistant.brief.choose')}
        </Button>
      </div>
      <textarea
        id={id}
        data-first
        className={styles.text}
        rows={3}
        value={brief}
        dir={brief === '' ? undefined : 'auto'}
        maxLength={200_000}
        placeholder={t('assistant.brief.placeholder')}
        aria-busy={reading}
        onChange={(event) => useAssistant.setState({ brief: event.currentTarget.value, briefName: null })}
      />
      <Address account={account} />
      {reading ? (
        <p className={styles.note} role="status">
          {t('assistant.brief.reading')}
        </p>
      ) : null}
      {unread ? (
        <p className={styles.wrong} role="alert">
          {sentences(unread.issues[0]?.text ?? unread.title, unread.hint)}
        </p>
      ) : null}
      <div className={styles.options}>
        <div className={styles.number}>
          <NumberField
            label={t('assistant.brief.count')}
            value={shotCount}
            min={1}
            max={100}
            step={1}
            placeholder={t('assistant.brief.asNeeded')}
            onChange={(next) => useAssistant.setState({ shotCount: number(next, 100) })}
          />
        </div>
        <div className={styles.number}>
          <NumberField
            label={t('assistant.brief.seconds')}
            value={shotSeconds}
            min={1}
            max={3600}
            step={5}
            {...(shotSeconds === null ? {} : { unit: 's' })}
            placeholder={t('assistant.brief.asNeeded')}
            onChange={(next) => useAssistant.setState({ shotSeconds: number(next, 3600) })}
          />
        </div>
        <div className={styles.manner}>
          <StyleChoice />
          <SamplingChoice account={account} />
        </div>
      </div>
      <div className={styles.send}>
        <div className={styles.estimate}>
          {making ? null : (
            <EstimateLine
              estimated={estimated}
              refusal={refusal}
              lack={lack === null ? null : t(`assistant.lacks.${lack}`)}
            />
          )}
        </div>
        <Button
          variant={shots.length > 0 || over ? 'plain' : 'primary'}
          disabled={wish === null || making !== null}
          onClick={make}
        >
          {t(
            over
              ? 'assistant.sendAnyway'
              : shots.length > 0
                ? 'assistant.brief.again'
                : 'assistant.brief.make',
          )}
        </Button>
      </div>
    </section>
  )
}

/** An address in S3, read through the connection's keys. */
function Address({ account }: { account: Connection }) {
  const { t } = useTranslation()
  const address = useAssistant((state) => state.address)
  const read = () => {
    if (address.trim() !== '') void readBrief({ uri: address.trim(), connectionId: account.id })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) read()
  }
  return (
    <div className={styles.address}>
      <TextField
        label={t('assistant.brief.address')}
        bare
        placeholder="s3://bucket/brief.md"
        maxLength={2048}
        value={address}
        onChange={(next) => useAssistant.setState({ address: next })}
        onKeyDown={onKeyDown}
      />
      <Button disabled={address.trim() === ''} onClick={read}>
        {t('assistant.brief.read')}
      </Button>
    </div>
  )
}
