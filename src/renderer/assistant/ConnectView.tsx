import { IconPlugConnected } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAssistant } from '../state/assistant'
import { needsAccount, useConnections } from '../state/connections'
import { useStudio } from '../state/studio'
import { useView } from '../state/view'
import { Button } from '../ui'
import styles from './ConnectView.module.css'
import { assistantProvider } from '../state/assistant'

const offers = [
  'improve',
  'expand',
  'fit',
  'translate',
  'variations',
  'critique',
  'describe',
  'shots',
] as const

/** Leads to the form of a first connection; to the one that is switched off where there is such a one. */
async function connect(): Promise<void> {
  const provider = useStudio.getState().providers.find(({ id }) => id === assistantProvider)
  const { connections } = useConnections.getState()
  const off = connections.some((own) => own.provider === assistantProvider && !own.enabled)
  if (provider && needsAccount(provider) && !off) {
    const { addConnection } = await import('../connections')
    addConnection(provider, false)
  }
  useView.getState().setView('connections')
}

/** What stands in the panel without an account: what it would do, how to connect, and what works without. */
export function ConnectView() {
  const { t } = useTranslation()
  const off = useConnections(({ connections }) =>
    connections.some((own) => own.provider === assistantProvider && !own.enabled),
  )
  return (
    <div className={styles.connect}>
      <div className={styles.lead}>
        <h3>{t('assistant.connect.title')}</h3>
        <p>{t(off ? 'assistant.connect.off' : 'assistant.connect.body')}</p>
        <div className={styles.ways}>
          <Button
            data-first
            variant="primary"
            icon={<IconPlugConnected size={16} />}
            onClick={() => void connect()}
          >
            {t(off ? 'assistant.connect.switchOn' : 'assistant.connect.action')}
          </Button>
          <Button onClick={() => useAssistant.setState({ tab: 'check' })}>
            {t('assistant.connect.without')}
          </Button>
        </div>
        <p className={styles.private}>{t('assistant.connect.private')}</p>
      </div>
      <dl className={styles.offers}>
        {offers.map((offer) => (
          <div key={offer}>
            <dt>{t(`assistant.action.${offer}`)}</dt>
            <dd>{t(`assistant.offer.${offer}`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
