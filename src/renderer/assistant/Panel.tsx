import { Tabs } from '@base-ui/react/tabs'
import { IconSparkles, IconX } from '@tabler/icons-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { closeAssistant, useAssistant, type AssistantTab } from '../state/assistant'
import { useComposer } from '../state/composer'
import { IconButton } from '../ui'
import { CheckView } from './CheckView'
import { ConnectView } from './ConnectView'
import styles from './Panel.module.css'
import { useAccount } from './useAccount'

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
  useEffect(() => {
    if (focusAsked > 0) focusInto(root.current)
  }, [focusAsked])

  const close = () => {
    closeAssistant()
    useComposer.getState().focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
    event.preventDefault()
    close()
  }
  const tabs: AssistantTab[] = ['write', 'check']
  const shown = tabs.includes(tab) ? tab : 'write'

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
          <IconButton
            size="s"
            label={t('assistant.close')}
            kbd="Mod+J"
            icon={<IconX size={16} />}
            onClick={close}
          />
        </header>
        <Tabs.Panel value="write" className={styles.side} tabIndex={-1}>
          {account === null ? <ConnectView /> : null}
        </Tabs.Panel>
        <Tabs.Panel value="check" className={styles.side} tabIndex={-1}>
          <CheckView />
        </Tabs.Panel>
      </Tabs.Root>
    </section>
  )
}
