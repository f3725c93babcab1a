import { IconKey } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useComposer } from '../state/composer'
import { useView } from '../state/view'
import { Button, Chip, Popover } from '../ui'
import styles from './ModelChips.module.css'
import { ChoiceList } from './late'
import { useAccounts, type Account } from './useAccounts'

function Choice({ account, onDone }: { account: Account; onDone: () => void }) {
  const { t } = useTranslation()
  const setConnection = useComposer((state) => state.setConnection)
  const { key, provider, connections, used } = account
  return (
    <div className={styles.accounts}>
      <Suspense>
        <ChoiceList
          label={t('composer.connection.choose', { provider: provider.label })}
          value={used?.id ?? null}
          options={connections.map(({ id, label, tested }) => ({
            value: id,
            label,
            hint:
              tested === null
                ? t('composer.connection.untested')
                : tested.ok
                  ? null
                  : t('composer.connection.failed'),
            disabled: false,
          }))}
          shape={false}
          onChange={(id) => setConnection(key, String(id))}
          onDone={onDone}
        />
      </Suspense>
      <Button size="s" variant="quiet" onClick={() => useView.getState().setView('connections')}>
        {t('composer.connection.manage')}
      </Button>
    </div>
  )
}

function AccountChip({ account }: { account: Account & { used: NonNullable<Account['used']> } }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { provider, used } = account
  const failed = used.tested?.ok === false
  return (
    <Popover
      side="top"
      open={open}
      onOpenChange={setOpen}
      title={t('composer.connection.choose', { provider: provider.label })}
      trigger={
        <Chip
          icon={<IconKey size={14} />}
          {...(failed ? { dot: 'attention' as const } : {})}
          aria-label={t('composer.connection.label', { provider: provider.label, label: used.label })}
        >
          <span className={styles.account} dir="auto">
            {used.label}
          </span>
        </Chip>
      }
    >
      <Choice account={account} onDone={() => setOpen(false)} />
    </Popover>
  )
}

/** Which account the chosen models' jobs go through, where they need one; a way to choose another. */
export function AccountChips() {
  const accounts = useAccounts()
  return accounts.map((account) => {
    const { used } = account
    return used === null ? null : <AccountChip key={account.key} account={{ ...account, used }} />
  })
}
