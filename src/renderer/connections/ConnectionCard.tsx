import type { Connection } from '@shared/contract'
import { IconDots } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ago, money } from '../format'
import { testText } from '../messages'
import type { AccountProvider } from '../state/connections'
import { Button, Menu, type MenuEntry } from '../ui'
import { firstModelOf, makeVideo, removeConnection, switchConnection, testConnection } from './actions'
import { editConnection } from './draft'
import { forSession, lacksKeys, standingOf } from './fields'
import { ImportDialog } from './ImportDialog'
import styles from './List.module.css'
import { PolicyDialog } from './Policy'
import { StandingSign } from './Sign'
import { useTests } from './testing'
import { TestSteps } from './TestSteps'
import { placeOf, signInText } from './words'

interface ConnectionCardProps {
  connection: Connection
  /** Null where this version does not know the provider. */
  provider: AccountProvider | null
}

/** One account: where it leads, who signs in, how things stand with it, and what can be done. */
export function ConnectionCard({ connection, provider }: ConnectionCardProps) {
  const { t } = useTranslation()
  const id = useId()
  const [over, setOver] = useState<'import' | 'policy' | null>(null)
  const run = useTests((state) => state.runs[connection.id])
  const { label, enabled, tested, budget, concurrency } = connection
  const form = provider?.connection ?? null
  const standing = standingOf(connection, form)
  const model = provider && firstModelOf(provider, connection)
  const of = provider && { provider, settings: connection.settings }
  const facts = [
    ...(form ? [placeOf(connection, form)] : []),
    ...(concurrency === null ? [] : [t('connections.facts.concurrency', { count: concurrency })]),
    ...(budget === null ? [] : [t('connections.facts.budget', { sum: money(budget) })]),
  ]
  const entries: MenuEntry[] = [
    ...(form?.imports
      ? [
          {
            kind: 'item',
            id: 'import',
            label: t('connections.import.open', { service: form.imports }),
            onSelect: () => setOver('import'),
          } satisfies MenuEntry,
        ]
      : []),
    ...(form?.policy
      ? [
          {
            kind: 'item',
            id: 'policy',
            label: t('connections.policy.open'),
            onSelect: () => setOver('policy'),
          } satisfies MenuEntry,
        ]
      : []),
    {
      kind: 'item',
      id: 'switch',
      label: t(enabled ? 'connections.switchOff' : 'connections.switchOn'),
      onSelect: () => void switchConnection(connection),
    },
    { kind: 'separator' },
    {
      kind: 'item',
      id: 'remove',
      label: t('connections.remove.open'),
      danger: true,
      onSelect: () => void removeConnection(connection),
    },
  ]

  return (
    <article className={styles.card} aria-labelledby={id} data-off={enabled ? undefined : ''}>
      <div className={styles.top}>
        <div className={styles.words}>
          <div className={styles.name}>
            <h3 id={id} dir="auto">
              {label}
            </h3>
            {forSession(connection) ? (
              <span className={styles.tag}>{t('connections.forSession')}</span>
            ) : null}
          </div>
          <p className={styles.standing} data-standing={standing}>
            <StandingSign standing={standing} />
            <span>
              {t(`connections.standing.${standing}`)}
              {tested && (standing === 'ready' || standing === 'failed') ? (
                <span className={styles.aside}>{` · ${ago(tested.at)}`}</span>
              ) : null}
            </span>
          </p>
          {form ? <p className={`${styles.fact} selectable`}>{signInText(t, connection, form)}</p> : null}
          <p className={`${styles.fact} selectable`}>{facts.filter(Boolean).join(' · ')}</p>
          {tested?.standing ? (
            <p className={`${styles.fact} selectable`}>
              {testText(tested.standing.key, tested.standing.values, tested.standing.message)}
            </p>
          ) : null}
        </div>
        <div className={styles.actions}>
          {provider === null ? null : lacksKeys(standing) ? (
            <Button onClick={() => editConnection(provider, connection)}>{t('connections.enterKeys')}</Button>
          ) : (
            <>
              <Button
                disabled={run?.state === 'running'}
                onClick={() => void testConnection(provider, connection)}
              >
                {t('connections.test.open')}
              </Button>
              <Button onClick={() => editConnection(provider, connection)}>{t('connections.edit')}</Button>
            </>
          )}
          <Menu
            align="end"
            entries={entries}
            trigger={
              <Button aria-label={t('connections.more', { label })}>
                <IconDots size={16} />
              </Button>
            }
          />
        </div>
      </div>
      {run ? (
        <div className={styles.test}>
          <TestSteps run={run} of={of} />
          {run.state === 'running' ? null : (
            <div className={styles.after}>
              {model !== null && standing === 'ready' ? (
                <Button size="s" onClick={() => makeVideo(model, connection)}>
                  {t('connections.makeVideo')}
                </Button>
              ) : null}
              <Button size="s" variant="quiet" onClick={() => useTests.getState().clear(connection.id)}>
                {t('connections.test.close')}
              </Button>
            </div>
          )}
        </div>
      ) : null}
      {over === 'import' ? (
        <ImportDialog connection={connection} service={form?.imports ?? ''} onClose={() => setOver(null)} />
      ) : null}
      {over === 'policy' && of ? <PolicyDialog {...of} onClose={() => setOver(null)} /> : null}
    </article>
  )
}
