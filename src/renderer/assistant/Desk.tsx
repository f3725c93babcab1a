import type { Ask, Connection } from '@shared/contract'
import { IconPlayerStopFilled, IconSend2 } from '@tabler/icons-react'
import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { sentences } from '../messages'
import { yesTo } from '../money'
import { useAssistant } from '../state/assistant'
import { ask, stop, useTalk } from '../state/assistant/talk'
import { useComposer } from '../state/composer'
import { Button, Chip } from '../ui'
import { stopTelling } from './accept'
import { ActionOptions } from './ActionOptions'
import { withConsent } from './agreement'
import styles from './Desk.module.css'
import { EstimateLine } from './EstimateLine'
import { samplingFor } from '../state/assistant/sampling'
import { approvalOf, askEstimate, useEstimate } from './useEstimate'
import { useModel } from './useModel'
import { actionsInOrder, lackOf, wishOf, type Lack } from './wish'

/** The wish as it stands, for the model that is chosen; null while none is known. */
function useWish(account: Connection): { wish: Ask | null; lack: Lack | 'sampling' | null } {
  const { model } = useModel(account.id)
  const wanted = useAssistant()
  const standing = useComposer()
  const sampling = model ? samplingFor(wanted, model) : undefined
  return {
    wish: model
      ? {
          ...wishOf(wanted, standing),
          connectionId: account.id,
          model: model.id,
          ...(sampling ? { sampling } : {}),
        }
      : null,
    lack: sampling === null ? 'sampling' : lackOf(wanted, standing),
  }
}

/** What is wanted next: an action, what it needs, a free line, what it costs, and Send. */
export function Desk({ account }: { account: Connection }) {
  const { t } = useTranslation()
  const field = useRef<HTMLTextAreaElement>(null)
  const action = useAssistant((state) => state.action)
  const words = useAssistant((state) => state.words)
  const { writing, refusal: refused, refusedRest } = useTalk()
  const { list } = useModel(account.id)
  const { wish, lack } = useWish(account)
  const ready = wish !== null && lack === null
  const estimated = useEstimate(ready && !writing ? wish : null, askEstimate)
  const { estimate, fresh } = estimated
  const refusal = refused && (refusedRest || refused.of === JSON.stringify(wish)) ? refused : null
  const approved =
    refusal?.kind === 'money'
      ? yesTo(refusal.money, undefined)
      : estimate && fresh
        ? approvalOf(estimate)
        : undefined
  const over = approved !== undefined
  const send = (yes: boolean) => {
    if (writing) return
    stopTelling()
    if (yes && refusal && refusedRest) void ask(refusedRest.ask, approved, refusedRest.start)
    else if (ready)
      withConsent({ kind: 'ask', ask: wish, run: () => void ask(wish, yes ? approved : undefined) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    // A sum above the limit is said yes to on its button, never by the key that sends.
    if (!over) send(false)
  }

  const problem = list?.problem ?? null
  const lackText =
    problem !== null
      ? sentences(problem.title, problem.hint)
      : list !== null && !list.asking && wish === null
        ? t('assistant.lacks.model')
        : lack === null
          ? wish === null
            ? t('assistant.lacks.models')
            : null
          : t(`assistant.lacks.${lack}`)
  return (
    <div className={styles.desk}>
      <div className={styles.actions} role="group" aria-label={t('assistant.actions')}>
        {actionsInOrder.map((one) => (
          <Chip
            key={one}
            pressed={one === action}
            onClick={() => {
              useAssistant.setState({ action: one })
              field.current?.focus()
            }}
          >
            {t(`assistant.action.${one}`)}
          </Chip>
        ))}
      </div>
      <div className={styles.line}>
        <textarea
          ref={field}
          data-first
          className={styles.field}
          rows={1}
          aria-label={t('assistant.words')}
          placeholder={t(action === 'chat' ? 'assistant.say' : 'assistant.add')}
          dir={words === '' ? undefined : 'auto'}
          value={words}
          onChange={(event) => useAssistant.setState({ words: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
        {writing ? (
          <Button kbd="Escape" icon={<IconPlayerStopFilled size={14} />} onClick={() => stop()}>
            {t('assistant.stop')}
          </Button>
        ) : (
          <Button
            variant={over ? 'plain' : 'primary'}
            icon={<IconSend2 size={16} />}
            disabled={!ready && !(over && refusedRest)}
            onClick={() => send(over)}
          >
            {t(over ? 'assistant.sendAnyway' : 'assistant.send')}
          </Button>
        )}
      </div>
      <div className={styles.foot}>
        <ActionOptions account={account} />
        <div className={styles.estimate} aria-live="polite">
          {writing ? null : <EstimateLine estimated={estimated} refusal={refusal} lack={lackText} />}
        </div>
      </div>
    </div>
  )
}
