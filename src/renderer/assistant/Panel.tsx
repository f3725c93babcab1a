import { Tabs } from '@base-ui/react/tabs'
import { IconPlus, IconSparkles, IconX } from '@tabler/icons-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { closeAssistant, useAssistant, type AssistantTab } from '../state/assistant'
import { stopShots, useShots } from '../state/assistant/shots'
import { goTo, stop, useTalk } from '../state/assistant/talk'
import { useComposer } from '../state/composer'
import { IconButton } from '../ui'
import { CheckView } from './CheckView'
import { Consent } from './Consent'
import { decline, useConsent } from './agreement'
import { ConnectView } from './ConnectView'
import { ModelChip } from './ModelChip'
import styles from './Panel.module.css'
import { ReplacedNote } from './ReplacedNote'
import { ShotsView } from './ShotsView'
import { TalksView } from './TalksView'
import { useAccount } from '../state/assistant'
import { WriteView } from './WriteView'

/** The first thing to work with on a side of the panel. */
function focusInto(panel: HTMLElement | null): void {
  const field = panel?.querySelector<HTMLElement>('[data-first]')
  ;(field ?? panel)?.focus()
}

/** The assistant beside the composer: four sides, of which two work without an account. */
export function Panel() {
  const { t } = useTranslation()
  const root = useRef<HTMLElement>(null)
  const tab = useAssistant((state) => state.tab)
  const focusAsked = useAssistant((state) => state.focusAsked)
  const account = useAccount()
  const consenting = useConsent((state) => state.wanting !== null)
  const talked = useTalk((state) => state.exchanges.length > 0 || state.writing !== null)
  const writing = useTalk((state) => state.writing !== null)
  const busy = useShots((state) => state.making !== null) || writing
  useEffect(() => {
    if (focusAsked > 0) focusInto(root.current)
  }, [focusAsked])

  useEffect(() => {
    // The button that began it cannot keep the focus, and Escape is to stop it.
    const focused = document.activeElement
    if (busy && (focused === null || focused === document.body || focused.matches(':disabled')))
      root.current?.focus()
  }, [busy])

  const tabs: AssistantTab[] = account === null ? ['write', 'check'] : ['write', 'shots', 'talks', 'check']
  const shown = tabs.includes(tab) ? tab : 'write'

  const close = () => {
    closeAssistant()
    useComposer.getState().focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
    event.preventDefault()
    // What was begun last ends first: the question, the answer, the panel.
    if (consenting) decline()
    else if (shown === 'shots' ? !stopShots() : !stop()) close()
  }

  return (
    <section
      ref={root}
      tabIndex={-1}
      className={styles.panel}
      data-tall={account !== null && shown !== 'check' ? '' : undefined}
      aria-label={t('assistant.title')}
      onKeyDown={onKeyDown}
    >
      <Tabs.Root
        className={styles.tabs}
        value={shown}
        onValueChange={(next: AssistantTab) => useAssistant.setState({ tab: next })}
      >
        <header className={styles.header}>
          <IconSparkles size={18} stroke={1.6} className={styles.sign} aria-hidden="true" />
          <h2 className={styles.title}>{t('assistant.title')}</h2>
          <Tabs.List className={styles.list} aria-label={t('assistant.sides')}>
            {tabs.map((one) => (
              <Tabs.Tab key={one} value={one} className={styles.tab ?? ''}>
                {t(`assistant.tab.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <span className={styles.gap} />
          {account !== null && shown === 'write' && talked ? (
            <IconButton
              size="s"
              label={t('assistant.begin')}
              icon={<IconPlus size={16} />}
              onClick={() => goTo(null)}
            />
          ) : null}
          {account === null ? null : <ModelChip account={account} />}
          <IconButton
            size="s"
            label={t('assistant.close')}
            kbd="Mod+J"
            icon={<IconX size={16} />}
            onClick={close}
          />
        </header>
        <Tabs.Panel value="write" className={styles.side} tabIndex={-1}>
          {account === null ? <ConnectView /> : consenting ? <Consent /> : <WriteView account={account} />}
        </Tabs.Panel>
        {account === null ? null : (
          <Tabs.Panel value="shots" className={styles.side} tabIndex={-1}>
            {consenting ? <Consent /> : <ShotsView account={account} />}
          </Tabs.Panel>
        )}
        {account === null ? null : (
          <Tabs.Panel value="talks" className={styles.side} tabIndex={-1}>
            <TalksView />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="check" className={styles.side} tabIndex={-1}>
          <CheckView />
        </Tabs.Panel>
        <ReplacedNote />
      </Tabs.Root>
    </section>
  )
}
