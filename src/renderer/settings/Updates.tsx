import type { UpdateState } from '@shared/contract'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { dayAndTime } from '../format'
import { problemText } from '../messages'
import { useSettings } from '../state/settings'
import { stepUpdate, useUpdates } from '../state/updates'
import { Button, Switch } from '../ui'
import { Row, Section } from './Section'
import styles from './Updates.module.css'

type Step = Parameters<typeof stepUpdate>[0]

/** A button that takes updating one step on. */
function Step({ step, words, main = false }: { step: Step; words: string; main?: boolean }) {
  return (
    <Button size="s" variant={main ? 'primary' : 'plain'} onClick={() => void stepUpdate(step)}>
      {words}
    </Button>
  )
}

interface Said {
  title: string
  hint?: string
  control?: ReactNode
}

/** What stands in the settings for each state: what is, what it means, what can be done. */
function useWords(state: UpdateState): Said {
  const { t } = useTranslation()
  switch (state.phase) {
    case 'off':
      return { title: t('updates.off.title'), hint: t(`updates.off.${state.why}`) }
    case 'resting': {
      const { checkedAt, skipped } = state
      const when =
        checkedAt === null
          ? t('updates.resting.never')
          : t('updates.resting.checked', { time: dayAndTime(checkedAt) })
      return {
        title: t('updates.resting.title'),
        hint: skipped === null ? when : t('updates.resting.skipped', { version: skipped }),
        control: <Step step="check" words={t('updates.check')} />,
      }
    }
    case 'checking':
      return { title: t('updates.checking') }
    case 'found':
      return {
        title: t('updates.found.title', { version: state.release.version }),
        hint: t('updates.found.hint'),
        control: (
          <>
            <Step step="skip" words={t('updates.skip')} />
            {state.later ? null : <Step step="later" words={t('updates.later')} />}
            <Step step="download" words={t('updates.download')} main />
          </>
        ),
      }
    case 'downloading':
      return { title: t('updates.downloading', { percent: Math.floor(state.percent) }) }
    case 'ready':
      return {
        title: t('updates.ready.title', { version: state.release.version }),
        hint: t('updates.ready.hint'),
        control: <Step step="restart" words={t('updates.restart')} main />,
      }
    case 'waiting':
      return {
        title: t('updates.waiting.title', { count: state.jobs }),
        hint: t('updates.waiting.hint'),
        control: <Step step="stay" words={t('updates.stay')} />,
      }
    case 'leaving':
      return { title: t('updates.leaving') }
    case 'failed': {
      const { key, values, message, hint } = state.trouble
      const said = problemText(key, values) ?? { message, hint }
      return {
        title: said.message,
        ...(said.hint === null ? {} : { hint: said.hint }),
        control: <Step step={state.release === null ? 'check' : 'download'} words={t('updates.again')} />,
      }
    }
  }
}

function Standing({ state }: { state: UpdateState }) {
  const { t } = useTranslation()
  const { title, hint, control } = useWords(state)
  const release = 'release' in state ? state.release : null
  const notes = release?.notes ?? ''
  return (
    <>
      <div role="status" className={styles.standing}>
        <Row title={title} {...(hint === undefined ? {} : { hint })}>
          {control}
        </Row>
      </div>
      {release === null || notes === '' ? null : (
        <section className={styles.notes} aria-label={t('updates.notes', { version: release.version })}>
          {/* The keyboard scrolls what has the focus. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className="selectable" tabIndex={0}>
            {notes}
          </pre>
        </section>
      )}
    </>
  )
}

/** Newer versions of Dailies; nothing is shown where the program knows none. */
export function Updates() {
  const { t } = useTranslation()
  const state = useUpdates(({ update }) => update)
  const { settings, set } = useSettings()
  const wanted = useUpdates((updates) => updates.wanted)
  const place = useRef<HTMLDivElement>(null)
  const known = state !== null
  useEffect(() => {
    if (!wanted || !known) return
    place.current?.scrollIntoView({ block: 'start' })
    useUpdates.setState({ wanted: false })
  }, [wanted, known])
  if (state === null) return null
  return (
    <div ref={place}>
      <Section title={t('updates.title')}>
        <Standing state={state} />
        {state.phase === 'off' ? null : (
          <Row title={t('updates.auto')} hint={t('updates.autoHint')}>
            <Switch
              label={t('updates.auto')}
              bare
              checked={settings.checkUpdates}
              onChange={(checkUpdates) => void set({ checkUpdates })}
            />
          </Row>
        )}
      </Section>
    </div>
  )
}
