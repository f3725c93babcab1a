import type { AssistantModel, Connection } from '@shared/contract'
import { IconCheck, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ago } from '../format'
import { sentences } from '../messages'
import { readModels } from '../state/assistant/lists'
import { useSettings } from '../state/settings'
import { Button, Chip, Popover, Select } from '../ui'
import styles from './ModelChip.module.css'
import { useAccounts } from '../state/assistant'
import { useModel } from './useModel'
import { errorText, noteText, priceText } from './words'

/** Who answers, and at what price; opens the list of all that could. */
export function ModelChip({ account }: { account: Connection }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const accounts = useAccounts()
  const { model, list } = useModel(account.id)
  const choose = (connectionId: string, id: string) =>
    void useSettings.getState().set({ assistantModel: { connectionId, model: id } })
  const name = model?.label ?? t(list?.asking === false ? 'assistant.model.none' : 'assistant.model.asking')
  return (
    <Popover
      title={t('assistant.model.choose')}
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Chip className={styles.chip ?? ''}>
          <span className="sr-only">{t('assistant.model.label')}</span>
          <span className={styles.name}>{name}</span>
          {model ? <span className={styles.price}>{priceText(t, model.price)}</span> : null}
        </Chip>
      }
    >
      <div className={styles.panel}>
        {accounts.length > 1 ? (
          <Select
            label={t('assistant.model.connection')}
            value={account.id}
            options={accounts.map(({ id, label }) => ({ value: id, label }))}
            onChange={(id) => choose(id, model?.id ?? '-')}
          />
        ) : (
          <p className={styles.note}>{account.label}</p>
        )}
        {list?.problem ? (
          <p className={styles.wrong} role="alert">
            {sentences(list.problem.title, list.problem.hint)}
          </p>
        ) : null}
        {list?.error ? <Known error={errorText(list.error)} /> : null}
        <div className={styles.list} role="radiogroup" aria-label={t('assistant.model.choose')}>
          {(list?.models ?? []).map((one) => (
            <OneModel
              key={one.id}
              model={one}
              chosen={one.id === model?.id}
              onChoose={() => {
                choose(account.id, one.id)
                setOpen(false)
              }}
            />
          ))}
        </div>
        <div className={styles.foot}>
          <span className={styles.note}>
            {list?.at ? t('assistant.model.at', { ago: ago(list.at) }) : t('assistant.model.known')}
          </span>
          <Button
            size="s"
            variant="quiet"
            icon={<IconRefresh size={14} />}
            disabled={list?.asking === true}
            onClick={() => void readModels(account.id, true)}
          >
            {t('assistant.model.refresh')}
          </Button>
        </div>
      </div>
    </Popover>
  )
}

/** Why the list is only the one we know. */
function Known({ error }: { error: { message: string; hint: string | null } }) {
  return <p className={styles.wrong}>{[error.message, error.hint ?? ''].join(' ').trim()}</p>
}

function OneModel({
  model,
  chosen,
  onChoose,
}: {
  model: AssistantModel
  chosen: boolean
  onChoose: () => void
}) {
  const { t } = useTranslation()
  const note = noteText(model)
  return (
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      disabled={model.state === 'retired'}
      className={styles.model}
      onClick={onChoose}
    >
      <span className={styles.words}>
        <span>{model.label}</span>
        <span className={styles.price}>{priceText(t, model.price)}</span>
        {note === null ? null : <span className={styles.wrong}>{note}</span>}
      </span>
      {chosen ? <IconCheck size={15} /> : null}
    </button>
  )
}
