import type { Connection, ProviderInfo } from '@shared/contract'
import { IconPlus } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { providerName } from '../messages'
import { needsAccount, useConnections, type AccountProvider } from '../state/connections'
import { useStudio } from '../state/studio'
import { Button, Menu } from '../ui'
import { ConnectionCard } from './ConnectionCard'
import { addConnection } from './draft'
import { KeychainNotice } from './Keychain'
import styles from './List.module.css'
import { Welcome } from './Welcome'

/** One button where there is one provider to connect, else a menu of them. */
function Add({ providers }: { providers: readonly AccountProvider[] }) {
  const { t } = useTranslation()
  const [only] = providers
  const button = (
    <Button variant="primary" icon={<IconPlus size={15} stroke={2} />}>
      {t('connections.add')}
    </Button>
  )
  if (!only) return null
  if (providers.length === 1) {
    return (
      <Button
        variant="primary"
        icon={<IconPlus size={15} stroke={2} />}
        onClick={() => addConnection(only, false)}
      >
        {t('connections.add')}
      </Button>
    )
  }
  return (
    <Menu
      align="end"
      trigger={button}
      entries={providers.map((provider) => ({
        kind: 'item',
        id: provider.id,
        label: providerName(provider),
        onSelect: () => addConnection(provider, false),
      }))}
    />
  )
}

interface GroupProps {
  provider: ProviderInfo | undefined
  connections: readonly Connection[]
}

/** The connections of one provider. */
function Group({ provider, connections }: GroupProps) {
  const { t } = useTranslation()
  const id = useId()
  const [first] = connections
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {provider ? providerName(provider) : (first?.provider ?? t('connections.unknownProvider'))}
      </h2>
      <ul className={styles.cards}>
        {connections.map((connection) => (
          <li key={connection.id}>
            <ConnectionCard
              connection={connection}
              provider={provider && needsAccount(provider) ? provider : null}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Every account, by provider; the way to the first one where there is none. */
export function ConnectionList() {
  const { t } = useTranslation()
  const { connections, loaded } = useConnections()
  const all = useStudio((state) => state.providers)
  const providers = all.filter(needsAccount)
  const used = [...new Set(connections.map((own) => own.provider))]
  const known = all.map((provider) => provider.id)
  // In the order in which the models are offered; what this version does not know comes last.
  const ordered = [...known.filter((id) => used.includes(id)), ...used.filter((id) => !known.includes(id))]

  if (loaded && connections.length === 0)
    return <Welcome providers={providers.filter(({ models }) => models.length > 0)} />
  return (
    <section className={styles.view} aria-labelledby="connections-title" aria-busy={!loaded}>
      <div className={styles.column}>
        <header className={styles.header}>
          <h1 id="connections-title" className={styles.title}>
            {t('nav.connections')}
          </h1>
          {loaded ? <Add providers={providers} /> : null}
        </header>
        {loaded ? <KeychainNotice /> : <div className={styles.blank} />}
        {ordered.map((id) => (
          <Group
            key={id}
            provider={all.find((provider) => provider.id === id)}
            connections={connections.filter((own) => own.provider === id)}
          />
        ))}
      </div>
    </section>
  )
}
